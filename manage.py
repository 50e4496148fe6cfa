#!/usr/bin/env python
"""Django's own commands: `python manage.py migrate`, `shell`, `test` and the like."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pilothouse.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
