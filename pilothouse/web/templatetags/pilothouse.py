"""Template words of our own: money, dates, icons."""

from django import template

register = template.Library()
