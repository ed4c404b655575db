"""The publishers' files careers takes: ESCO, O*NET, the National Careers Service, SOC 2020, standards."""

from ginnel.careers.importers import esco, esco_relations, ncs, onet, pathway, soc
from ginnel.sources.importing import Importer

IMPORTERS: tuple[Importer, ...] = (
    *esco.IMPORTERS,
    *esco_relations.IMPORTERS,
    *onet.IMPORTERS,
    *soc.IMPORTERS,
    *ncs.IMPORTERS,
    *pathway.IMPORTERS,
)
