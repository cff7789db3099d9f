"""What runs in a slot (worker, runner, wire), and how the judge starts and limits it (slot, confine)."""
