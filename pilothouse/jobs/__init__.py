"""Work done behind the page: the queue, its tasks and what a start puts right."""
