"""Careers as the place pack describes them: read, checked, loaded."""

from ginnel.careers.pack.load import load_careers
from ginnel.careers.pack.read import CareersPack, read_careers

__all__ = ["CareersPack", "load_careers", "read_careers"]
