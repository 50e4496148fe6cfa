"""Answers as paper, tables and pictures. Sees a `Diagnosis`, never a record; imports no Django."""
