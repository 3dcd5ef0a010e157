"""管理と実績, a file for each of its tabs."""
