"""Word files: templates rendered, packages read, written and slimmed. The only place that knows docxtpl."""
