"""What is agreed, until when, and what must be decided by when?"""
