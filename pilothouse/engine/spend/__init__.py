"""What do we pay for: who is paid, is it IT, what is it for, what does it cost? See docs/methods/spend.md."""
