"""What is shown: the web pages, one module per thing a person does."""
