"""What leaves as paper: sheets made of records, their files behind them, the installation's signature under them."""
