"""Rules as a network sees them: a second look at pages whose rules are damaged."""
