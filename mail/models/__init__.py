from mail.models.links import LinkCode, SentLink
from mail.models.outbox import DELIVERY_LIFECYCLE, Delivery, Hold

__all__ = ["DELIVERY_LIFECYCLE", "Delivery", "Hold", "LinkCode", "SentLink"]
