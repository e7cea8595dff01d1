"""An invented guidance, unlike that of 2018: points out of 100, quarters, no districts, 25 % at good or above."""
