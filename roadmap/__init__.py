"""Turn required capabilities, gaps and dependencies into a proven, sequenced roadmap."""
