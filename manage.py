"""Django's own commands in a checkout; people use `ginnel`."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("GINNEL_DEBUG", "yes")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ginnel.config.settings")
    execute_from_command_line(sys.argv)
