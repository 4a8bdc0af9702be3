"""What page and API handlers share; knows Litestar, knows no domain."""
