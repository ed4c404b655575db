"""The published figures of Leeds, from the publishers' own files. Slow: imports what it needs once."""

import gzip
from pathlib import Path

import pytest

from ginnel.places.areas import Outcome, look_up, ward_facts, wards_of_outward
from ginnel.places.models import Postcode
from ginnel.places.reach import reach_baseline
from ginnel.places.rules import Shape, read_postcode

FILES = (
    "geo/leeds_lsoa21.geojson.gz",
    "geo/lookup_lsoa21_ward24_ltla24_leeds.csv",
    "imd/imd2025_england_lsoa21_leeds.csv",
    "imd/imd2019_england_lsoa11_leeds.csv",
    "census/census21_pop_age6_lsoa21_leeds.csv",
    "postcodes/leeds_postcodes_derived.csv.gz",
)


def test_every_postcode_of_the_table_is_read_as_it_is_written(shared_data: Path):
    with gzip.open(shared_data / "place/postcodes/leeds_postcodes_derived.csv.gz", "rt") as lines:
        next(lines)
        written = [line.split(",")[1] for line in lines]
    assert len(written) == 34_033
    readings = [read_postcode(text) for text in written]
    assert all(reading.shape == Shape.FULL and not reading.corrected for reading in readings)
    assert [reading.spaced for reading in readings] == written


def test_leeds_has_84_of_488_areas_and_144753_residents_in_decile_1(leeds: None, shared_data: Path):
    from click.testing import CliRunner

    from ginnel.config.cli.imports import import_files

    done = CliRunner().invoke(import_files, [str(shared_data / "place" / name) for name in FILES])
    assert done.exit_code == 0, done.output
    reach = reach_baseline(2025)
    assert reach is not None
    assert (reach.areas[1], reach.all_areas, reach.without_decile) == (84, 488, 0)
    assert reach.residents is not None
    assert reach.residents[1] == 144_753
    assert reach.share_of_residents() == pytest.approx(0.178, abs=0.0005)
    assert Postcode.objects.count() == 34_033

    harehills = look_up("LS9 7TF")
    assert harehills.outcome == Outcome.FOUND
    assert harehills.facts is not None
    assert [(one.index_year, one.decile) for one in harehills.facts.deciles] == [(2025, 1), (2019, 1)]
    ilkley = look_up("LS29 8HZ")
    assert ilkley.outcome == Outcome.OUTSIDE
    ward = ward_facts("E05011394")
    assert ward is not None
    assert (ward.areas, ward.most_deprived) == (17, 13)
    assert "Gipton & Harehills" in {ward.name for ward in wards_of_outward("LS9")}
