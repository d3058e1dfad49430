# ruff: noqa: E501 - tables of Chinese words: a full-width sign counts twice, a row reads better whole
"""Names of people who do not exist, and of firms that say so."""

from __future__ import annotations

from town.dice import Dice

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严戴莫孔向汤"
_GIVEN = {
    ("f", 1960): "秀英 桂芳 美华 玉珍 凤英 月琴 惠芳 爱华 国芳 金妹 丽萍 桂珍 素珍 建芳 雅琴 根娣",
    ("m", 1960): "建国 国平 志明 根发 永康 建华 金龙 宝根 国强 德明 伟民 荣华 阿毛 福生 建平 正华",
    ("f", 1975): "丽娟 海燕 春梅 红霞 晓燕 玲玲 文娟 敏芳 雪芹 艳红 秋萍 静芬 莉莉 燕萍 慧敏 冬梅",
    ("m", 1975): "伟 军 勇 海波 志强 晓东 文斌 建军 国栋 卫东 春生 永刚 立新 振华 明辉 俊峰",
    ("f", 1990): "婷婷 佳怡 晓雯 雅静 梦洁 思琪 诗雨 欣悦 莹莹 雨薇 倩 丹丹 嘉慧 依婷 梦瑶 可心",
    ("m", 1990): "浩 杰 明轩 子豪 鹏飞 俊杰 天宇 志远 嘉伟 宇航 晨阳 文博 立成 一鸣 凯 景行",
    ("f", 2000): "子涵 雨桐 思远 欣怡 一诺 静怡 语嫣 书瑶 若曦 梓萱 沐晴 知夏 安然 以沫 乐瑶 清和",
    ("m", 2000): "浩然 宇轩 子墨 泽宇 皓轩 俊熙 思源 承泽 睿 星辰 嘉树 明哲 允中 致远 亦凡 云起",
}
GIVEN = {key: words.split() for key, words in _GIVEN.items()}
BRAND_FIRST = "云青禾安晴松和暖知恒溪朴拾檐悦盈南星竹枫岚澄沐启"
BRAND_SECOND = "栖屿里巷川谷野舍亭光帆麓庭汀澜序柚芽町树湾禾苑堂"
# Pairs that are somebody's brand in the streets.
TAKEN = {
    "云集",
    "安居",
    "知乎",
    "星光",
    "暖光",
    "和光",
    "星谷",
    "云谷",
    "青禾",
    "安禾",
    "云禾",
    "恒光",
    "南湾",
    "星川",
}


def person(dice: Dice, sex: str, born: int) -> str:
    """A full name of the years somebody was born in."""
    era = max(year for _, year in GIVEN if year <= max(born, 1960))
    return dice.choice(SURNAMES) + dice.choice(GIVEN[sex, era])


class Brands:
    """This will invent two-character brands, each once."""

    def __init__(self, dice: Dice) -> None:
        self.dice, self.used = dice, set(TAKEN)

    def next(self) -> str:
        while (brand := self.dice.choice(BRAND_FIRST) + self.dice.choice(BRAND_SECOND)) in self.used:
            pass
        if brand[0] == brand[1]:
            return self.next()
        self.used.add(brand)
        return brand
