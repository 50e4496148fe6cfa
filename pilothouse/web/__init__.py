"""The screens: one folder per topic with its addresses, views and forms; templates under templates/<topic>/."""
