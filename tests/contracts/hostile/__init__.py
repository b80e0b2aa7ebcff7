"""What is sent to every form and every address by somebody who means harm, or whose browser does."""
