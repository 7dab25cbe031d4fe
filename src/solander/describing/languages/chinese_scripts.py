"""Simplified or traditional Chinese: counted by characters that belong to one of the two only.

Source: BCP 47, script subtags ``Hans`` and ``Hant`` (ISO 15924).
"""

from __future__ import annotations

from solander.describing.word_list import words_of

# Pairs of common characters, simplified and traditional. Left out are those whose simplified form is a traditional
# character in its own right (后, 里, 台, 面), for these prove nothing.
_PAIRS = words_of(
    "们們 这這 个個 为為 来來 国國 时時 会會 说說 学學 对對 发發 动動 关關 开開 问問 间間 长長 进進 过過 "
    "还還 两兩 现現 样樣 经經 无無 电電 实實 点點 业業 员員 产產 东東 车車 军軍 见見 书書 话話 语語 读讀 "
    "记記 设設 议議 认認 识識 请請 谢謝 让讓 谈談 该該 应應 当當 头頭 门門 闻聞 单單 传傳 变變 数數 权權 "
    "条條 场場 处處 团團 报報 节節 华華 义義 乐樂 习習 乡鄉 买買 卖賣 亚亞 亲親 亿億 仅僅 从從 众眾 伟偉 "
    "农農 册冊 决決 净淨 创創 别別 务務 劳勞 势勢 医醫 区區 协協 参參 双雙 历歷 厅廳 县縣 号號 叶葉 响響 "
    "围圍 图圖 圆圓 块塊 坚堅 执執 扩擴 护護 担擔 择擇 换換 挥揮 损損 举舉 导導 层層 岁歲 岛島 币幣 师師 "
    "带帶 帮幫 广廣 庆慶 库庫 张張 强強 归歸 录錄 态態 总總 恶惡 战戰 户戶 扬揚 拥擁 旧舊 显顯 晓曉 术術 "
    "标標 树樹 桥橋 检檢 欢歡 欧歐 歼殲 残殘 毕畢 汉漢 汇匯 沟溝 泽澤 济濟 浅淺 测測 浓濃 涛濤 润潤 湾灣 "
    "湿濕 满滿 滨濱 灭滅 灵靈 灾災 炉爐 热熱 爱愛 犹猶 独獨 狱獄 猎獵 环環 玛瑪 画畫 疗療 监監 盘盤 码碼 "
    "础礎 积積 称稱 稳穩 穷窮 竞競 笔筆 简簡 类類 粮糧 紧緊 纪紀 纳納 纸紙 纷紛 线線 组組 细細 终終 结結 "
    "给給 络絡 绝絕 统統 继繼 续續 维維 综綜 绿綠 缓緩 编編 缘緣 罗羅 罚罰 职職 联聯 聪聰 肃肅 脑腦 脚腳 "
    "脸臉 舰艦 艺藝 药藥 获獲 营營 蓝藍 虑慮 虽雖 补補 观觀 规規 视視 览覽 计計 订訂 训訓 许許 论論 证證 "
    "评評 词詞 试試 诗詩 诚誠 详詳 误誤 课課 调調 谁誰 贝貝 负負 财財 责責 败敗 货貨 质質 贸貿 费費 资資 "
    "赛賽 赞贊 赵趙 转轉 轮輪 轻輕 载載 较較 辆輛 输輸 达達 迁遷 运運 远遠 连連 选選 递遞 逻邏 遗遺 郑鄭 "
    "释釋 钟鐘 钢鋼 钱錢 铁鐵 银銀 链鏈 销銷 锋鋒 错錯 镇鎮 闭閉 闲閒 阅閱 队隊 阳陽 阴陰 阶階 际際 陆陸 "
    "陈陳 险險 随隨 隐隱 难難 页頁 项項 顺順 须須 预預 领領 频頻 题題 额額 风風 飞飛 饭飯 馆館 马馬 驻駐 "
    "验驗 鱼魚 鲜鮮 鸟鳥 黄黃 齐齊 龙龍 龄齡"
)

SIMPLIFIED = frozenset(pair[0] for pair in _PAIRS)
TRADITIONAL = frozenset(pair[1] for pair in _PAIRS)


def script_of(text: str) -> str:
    """``zh-Hans`` or ``zh-Hant``, whichever has more characters of its own in the text; ``zh`` if neither has."""
    simplified = sum(character in SIMPLIFIED for character in text)
    traditional = sum(character in TRADITIONAL for character in text)
    if simplified == traditional:
        return "zh"
    return "zh-Hans" if simplified > traditional else "zh-Hant"
