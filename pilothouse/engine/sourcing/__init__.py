"""Which delivery model fits, who does what in it, and when will the firm outgrow it?"""
