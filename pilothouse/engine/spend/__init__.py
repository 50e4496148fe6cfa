"""What do we pay for: who is paid, is it IT, what is it for, and what does it cost (docs/methods/spend.md)."""
