"""The publishers' files places takes: boundaries, lookups, deprivation, postcodes, Census and population tables."""

from ginnel.places.importers import boundaries, census, deprivation, lookups, nomis, postcodes
from ginnel.sources.importing import Importer

IMPORTERS: tuple[Importer, ...] = (
    *boundaries.IMPORTERS,
    *lookups.IMPORTERS,
    *deprivation.IMPORTERS,
    *postcodes.IMPORTERS,
    *census.IMPORTERS,
    *nomis.IMPORTERS,
)
