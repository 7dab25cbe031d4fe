"""What would happen to whoever opens what a bag holds: access copies, views, TEI in a browser."""
