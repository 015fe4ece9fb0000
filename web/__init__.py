"""What every room's pages share: forms carried out, the way back, paging."""
