"""How messages leave: one file a channel, each an implementation of `sosik.model.ports.channel.Channel`."""
