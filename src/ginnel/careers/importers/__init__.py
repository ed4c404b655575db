"""The publishers' files careers takes: ESCO, O*NET, the National Careers Service, SOC 2020, standards."""

from ginnel.careers.importers import esco, ncs, onet, pathway, soc
from ginnel.sources.importing import Importer

IMPORTERS: tuple[Importer, ...] = (
    *esco.IMPORTERS,
    *onet.IMPORTERS,
    *soc.IMPORTERS,
    *ncs.IMPORTERS,
    *pathway.IMPORTERS,
)
