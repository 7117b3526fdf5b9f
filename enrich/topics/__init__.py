"""What an article is about: rules that editors write, and a second opinion that examples taught."""
