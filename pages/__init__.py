"""What people see: one module per thing a person does. A view reads the request, asks one function, and renders."""
