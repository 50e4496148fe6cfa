"""Where papers arrive by themselves: mailboxes and watched folders."""
