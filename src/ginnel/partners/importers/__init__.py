"""The publishers' lists partners takes: GP practices (ODS), schools and colleges (GIAS)."""

from ginnel.partners.importers import gias, ods
from ginnel.sources.importing import Importer

IMPORTERS: tuple[Importer, ...] = (*ods.IMPORTERS, *gias.IMPORTERS)
