"""Every trade of the town, by its key."""

from __future__ import annotations

from town.trade import Trade
from town.trades import care, community, house, kitchen, office, shop, software

ALL: tuple[Trade, ...] = (
    *kitchen.TRADES,
    *shop.TRADES,
    *house.TRADES,
    *care.TRADES,
    *office.TRADES,
    *software.TRADES,
    *community.TRADES,
)
BY_KEY = {trade.key: trade for trade in ALL}
