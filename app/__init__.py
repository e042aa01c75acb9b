"""Live feedback for World Cafés: dots, cards and a word cloud, on the day itself."""
