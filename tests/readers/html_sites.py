"""Invented pages in the shapes of many sites, and what is to come out of each."""

from __future__ import annotations

from dataclasses import dataclass, field

TITLE = "青溪县2031年村级图书室建设工作方案"
NOTICE_TITLE = "青溪县人民政府办公室关于印发青溪县2031年村级图书室建设工作方案的通知"
NUMBER = "青政办发〔2031〕7号"
NOTICE = "各乡镇人民政府，县政府各部门："
NOTICE_TEXT = "《青溪县2031年村级图书室建设工作方案》已由县政府常务会议审议通过，现予公布，请抓好组织实施。"
BODY = (
    "一、总体目标",
    "到2031年底，全县每个行政村建成一间图书室，藏书不少于1500册，每周开放不少于20小时。",
    "二、重点任务",
    "（一）选好场地。利用闲置校舍、村委会用房改造，面积不小于40平方米，优先选在人口集中处。（责任单位：县教育局、各乡镇人民政府）",
    "（二）配齐图书。县图书馆统一编目、统一配送，每年更新不少于150册。（责任单位：县文化和旅游局）",
    "（三）管好用好。每间图书室聘请一名管理员，补贴由县财政列支，按季度发放。（责任单位：县财政局）",
    "三、保障措施",
    "各乡镇要在6月底前完成选址，县文化和旅游局每季度通报一次进度，对进度滞后的乡镇进行约谈。",
)
SIGNED = ("青溪县人民政府办公室", "2031年3月9日")
TEXT = (NOTICE, NOTICE_TEXT, *BODY, *SIGNED)
METADATA = {
    "索引号": "QX0001/2031-00012",
    "发文机关": "青溪县人民政府办公室",
    "成文日期": "2031年3月9日",
    "发文字号": NUMBER,
}


def ps(*texts: str, attributes: str = "") -> str:
    """Each text as a paragraph."""
    return "".join(f"<p{attributes}>{text}</p>\n" for text in texts)


NAVIGATION = """<div class='top'><a href='/'>首页</a><a href='/zw'>政务公开</a><a href='/fw'>政务服务</a>
<a href='/hd'>互动交流</a><a href='/sj'>数据开放</a><span>登录</span> | <span>注册</span></div>"""
CRUMBS = "<div>当前位置：<a href='/'>首页</a> &gt; <a href='/zw'>政务公开</a> &gt; 政策文件</div>"
SHARE = "<div class='share'>分享到：<a href='#'>微信</a> <a href='#'>微博</a></div>"
INFO = """<div>发布时间：2031-03-10 09:12　来源：县政府办公室　浏览次数：<span id='n'>35</span>
字体：[大 中 小]　打印</div>"""
NEIGHBOURS = """<p>上一篇：<a href='1.html'>青溪县2030年防汛抗旱工作要点</a></p><p>下一篇：没有了</p>
<h3>相关链接</h3><ul><li><a href='2.html'>图解：村级图书室怎么建</a></li>
<li><a href='3.html'>县文化和旅游局解读工作方案</a></li></ul>"""
FOOTER = """<div><p>主办：青溪县人民政府办公室　承办：青溪县大数据中心　网站维护电话：0000-0000000</p>
<p>网站标识码：0000000000　某ICP备00000000号　某公网安备 00000000000000号</p>
<p>版权所有：青溪县人民政府 未经授权禁止转载</p></div>"""


@dataclass(frozen=True, kw_only=True)
class Site:
    """One way of building a page, and what is to come out of it."""

    page: str
    paragraphs: tuple[str, ...]
    fields: dict[str, str] = field(default_factory=dict)
    tables: int = 0


NESTED_TABLES = f"""
<div class="wrap"><table width="930"><tbody><tr><td>
 <table class="bd1"><tbody>
  <tr><td><b>索 引 号：</b></td><td>QX0001/2031-00012</td><td><b>发文机关：</b></td><td>青溪县人民政府办公室</td></tr>
  <tr><td><b>标　　题：</b></td><td colspan="3">{NOTICE_TITLE}</td></tr>
  <tr><td><b>成文日期：</b></td><td>2031年3月9日</td><td><b>发文字号：</b></td><td>{NUMBER}</td></tr>
 </tbody></table>
 <table class="bd1"><tbody><tr><td><b>主 题 词：</b></td><td></td><td></td><td></td></tr></tbody></table>
</td></tr></tbody></table><br>
<table width="930"><tbody><tr><td width="675"><table><tbody><tr><td><br><table><tbody>
 <tr><td class="b12c" id="UCAP-CONTENT">
 {ps(NOTICE_TITLE[:14], NOTICE_TITLE[14:], attributes=' style="text-align: center;"')}
 {ps(*TEXT[:-2])}{ps(*SIGNED, attributes=' style="text-align:right"')}<p>（此件公开发布）</p></td></tr>
 <tr><td></td></tr></tbody></table>
 <div id="div_div"><div id="qr_container">扫一扫在手机打开当前页</div></div><canvas id="Canvas"></canvas>
 <table><tr><td align="center"><a href="#"><img src="a.gif"></a><a href="#"><img src="b.gif"></a></td></tr></table>
</td></tr></tbody></table></td>
<td valign="top"><table><tr><td><iframe src="x.htm"></iframe></td></tr></table></td></tr></tbody></table></div>
"""
WORD = """
<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset="utf-8">
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style>p.MsoNormal{margin:0}</style></head><body lang=ZH-CN><div class=Section1>
<p class=MsoNormal align=center style='text-align:center'><b><span style='font-size:22.0pt'>青溪县<span
lang=EN-US>2031</span>年村级图书室建设工作方案<span lang=EN-US><o:p></o:p></span></span></b></p>
<p class=MsoNormal style='mso-list:l0 level1 lfo1'><![if !supportLists]><span lang=EN-US>1.<span
style='font:7.0pt "Times New Roman"'>&nbsp; </span></span><![endif]>利用闲置校舍改造场地，面积不小于<span
lang=EN-US>40</span>平方米。<span lang=EN-US><o:p></o:p></span></p>
<!--[if gte vml 1]><v:shapetype id="t75">隐藏的形状</v:shapetype><![endif]-->
<p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p>
<table class=MsoNormalTable border=1>
<tr><td><p class=MsoNormal align=center>序号<o:p></o:p></p></td><td><p class=MsoNormal>任务</p></td></tr>
<tr><td><p class=MsoNormal>1</p></td><td><p class=MsoNormal>选址</p><p class=MsoNormal>改造</p></td></tr></table>
</div></body></html>
"""
TRS = f"""<html><head><title>{TITLE}_青溪县人民政府</title></head><body>{NAVIGATION}{CRUMBS}<div class='main'>
<h1>{TITLE}</h1>{INFO}<div class='TRS_Editor'><style>.TRS_Editor P{{}}</style>{ps(*BODY, *SIGNED)}</div>
{SHARE}{NEIGHBOURS}</div>{FOOTER}</body></html>"""
ZOOM = f"""<body>{NAVIGATION}<table><tr><td>{CRUMBS}</td></tr><tr><td align=center><b>{TITLE}</b></td></tr>
<tr><td>{INFO}</td></tr><tr><td><div id='zoom'>{"<br><br>".join("　　" + text for text in BODY)}<br><br></div></td></tr>
<tr><td>【<a href='javascript:print()'>打印</a>】【<a href='#'>关闭</a>】</td></tr></table>{FOOTER}"""
LIST_OF_PAIRS = f"""{NAVIGATION}<div class='xxgk_box'><ul><li><strong>索 引 号：</strong>QX0001/2031-00012</li>
<li><strong>发文机关：</strong><span>青溪县人民政府办公室</span></li><li><strong>成文日期：</strong><p>2031年3月9日</p></li>
<li><strong>发文字号：</strong>{NUMBER}</li><li><strong>有效性：</strong></li></ul></div>
<div class='xxgk_title'>{NOTICE_TITLE}</div><div class='xxgk_content'>{ps(*TEXT)}</div>{SHARE}{FOOTER}"""
DEFINITIONS = f"""<div class='con'><dl><dt>索引号</dt><dd>QX0001/2031-00012</dd><dt>发文机关</dt>
<dd>青溪县人民政府办公室</dd><dt>主题词</dt><dd></dd><dt>成文日期</dt><dd>2031年3月9日</dd><dt>发文字号</dt>
<dd>{NUMBER}</dd></dl><h2>{TITLE}</h2><div id='con_text'>{ps(*BODY)}</div></div>{FOOTER}"""
BOXES_OF_PAIRS = f"""<div class='info'>
<div class='row'><div class='k'>索引号</div><div class='v'>QX0001/2031-00012</div></div>
<div class='row'><div class='k'>发文机关</div><div class='v'>青溪县人民政府办公室</div></div>
<div class='row'><div class='k'>废止日期</div><div class='v'></div></div>
<div class='row'><div class='k'>成文日期</div><div class='v'>2031年3月9日</div></div>
<div class='row'><label>发文字号</label><em>{NUMBER}</em></div></div>
<div class='content'><div class='title'>{TITLE}</div>{ps(*BODY)}</div>"""
LINE_OF_PAIRS = f"""<div>索引号：QX0001/2031-00012 发文机关：青溪县人民政府办公室<br>成文日期：2031年3月9日
<b>发文字号：</b>{NUMBER}</div><center><font size=5>{TITLE}</font></center>
<div>{"".join(f"<div>{text}</div>" for text in BODY)}</div>{FOOTER}"""
SIBLINGS = f"""{NAVIGATION}{CRUMBS}<div class='detail'><div class='a'>{ps(NOTICE_TITLE, attributes=" align=center")}
{ps(NUMBER, NOTICE, NOTICE_TEXT, *SIGNED)}</div><h3>{TITLE}</h3><div class='b'>{ps(*BODY)}</div></div>{NEIGHBOURS}{FOOTER}"""
ROWS = "".join(f"<tr><td>{n}</td><td>完成第{n}批图书室选址</td><td>县教育局</td></tr>" for n in range(1, 9))
ANNEX_BESIDE = f"""{NAVIGATION}<div id='c'><h1>{TITLE}</h1>
<div class='view TRS_UEDITOR trs_paper_default trs_web'>{ps(*TEXT)}</div></div>
<div><p>附件</p><p>任务分解表</p><table><tr><th>序号</th><th>任务</th><th>责任单位</th></tr>{ROWS}</table></div>
{NEIGHBOURS}{FOOTER}"""
META = f"""<html><head><meta name='ArticleTitle' content='{NOTICE_TITLE}'><meta name='PubDate' content='2031-03-10 09:12'>
<meta name='ContentSource' content='县政府办公室'></head><body><div class='article'>{ps(*TEXT)}</div></body></html>"""
MAIN = f"""<header><nav><a href='/'>首页</a></nav></header><main><article><h1>{TITLE}</h1>
<section>{ps(*BODY[:2])}</section><section>{ps(*BODY[2:])}</section></article>
<aside><h4>热点信息</h4><p>县图书馆本周末举办读书会，欢迎广大市民朋友参加。</p></aside></main><footer>{FOOTER}</footer>"""
BROWSER = f"""<!-- saved from url=(0030)http://www.example.invalid/ --><html><head>
<base href='http://www.example.invalid/'><script>var a='<p>脚本里的字</p>'</script>
<noscript><p>请开启JavaScript。</p></noscript></head><body>
<div style='display:none'><p>隐藏的段落，不应读出来，哪怕它很长。</p></div><template><p>模板</p></template>
<p hidden>也是隐藏的。</p><iframe src='ad.html'>框架</iframe><div class='Custom_UnionStyle'>{ps(TITLE, *BODY)}</div>
<form><input type=text value='搜索'><select><option>友情链接一</option><option>友情链接二</option></select>
<button>提交</button></form>{FOOTER}"""
ANNEX_LINKS = f"""<div class='con_text'>{ps(TITLE, *BODY)}<p>附件：<a href='a.docx'>1.村级图书室建设任务分解表</a></p>
<p><a href='b.docx'>2.村级图书室管理员职责</a></p>{ps(*SIGNED)}<p>附件下载：</p>
<p><a href='a.docx'>1.村级图书室建设任务分解表.docx</a></p><p><a href='b.docx'>2.村级图书室管理员职责.docx</a></p></div>
{SHARE}{FOOTER}"""
COLUMNS = "".join(f"<tr><td><a href='{n}.htm'>栏目{n}</a></td></tr>" for n in range(9))
SIDE_COLUMN = f"""<table width=1000><tr><td colspan=2><img src=logo.gif>青溪县人民政府 今天是2031年3月10日 星期一</td></tr>
<tr><td width=200><table>{COLUMNS}</table></td><td><table><tr><td align=center class=biaoti>{TITLE}</td></tr>
<tr><td>{INFO}</td></tr><tr><td>{ps(*BODY)}</td></tr></table></td></tr>
<tr><td colspan=2 align=center>版权所有：青溪县人民政府<br>某ICP备00000000号</td></tr></table>"""
UNNAMED = f"""<div><div><div>青溪县人民政府门户网站</div><div><a href='/'>首页</a></div><div><a href='/z'>公开</a></div></div>
<div><div>首页 &gt; 公开 &gt; 文件</div><div><div>{TITLE}</div><div>2031-03-10 09:12 来源：县政府办公室</div>
<div><div>{"".join(f"<div><span>　　{text}</span></div>" for text in TEXT)}</div></div>
<div>打印本页 | 关闭窗口</div></div></div>{FOOTER}</div>"""
LEDGER_ROWS = "".join(f"<tr><td>{n}</td><td>第{n}乡</td><td>已定</td></tr>" for n in range(1, 30))
LEDGER = f"""{NAVIGATION}{CRUMBS}<h1>青溪县村级图书室建设工作台账</h1><div class='menu-right'>
<table border=1><tr><td>序号</td><td>乡镇</td><td>选址</td></tr>{LEDGER_ROWS}</table></div>{NEIGHBOURS}{FOOTER}"""
DIALOGUE = f"""{NAVIGATION}<div class='wrap'><h1>{TITLE}</h1><div class='txt'>{ps(*BODY)}</div></div>
<div class='mask'><div>您访问的链接即将离开“青溪县人民政府”门户网站</div><div>是否继续？</div><span>继续访问</span>
<span>放弃</span></div><div>您对本页内容是否满意？<label>满意</label><label>不满意</label></div>"""
SPANS = "".join("<p>" + "".join(f"<span>{char}</span>" for char in text) + "</p>" for text in BODY)

SITES = {
    "nested-layout-tables": Site(
        page=NESTED_TABLES,
        paragraphs=(NOTICE_TITLE[:14], NOTICE_TITLE[14:], *TEXT, "（此件公开发布）"),
        fields={**METADATA, "标题": NOTICE_TITLE},
    ),
    "editor-in-boxes": Site(
        page=TRS,
        paragraphs=(TITLE, *BODY, *SIGNED),
        fields={"发布时间": "2031-03-10 09:12", "来源": "县政府办公室"},
    ),
    "paragraphs-by-breaks": Site(page=ZOOM, paragraphs=(TITLE, *BODY)),
    "word-export": Site(page=WORD, paragraphs=(TITLE, "1.\xa0 利用闲置校舍改造场地，面积不小于40平方米。"), tables=1),
    "paragraphs-in-spans-of-one-sign": Site(
        page=f"{NAVIGATION}<div class='pages-title'>{TITLE}</div><div class='pages_content'><span><span>{SPANS}</span></span></div>"
        f"<div class='editor'><span><a href='#'>【我要纠错】</a></span>责任编辑：某某</div>{FOOTER}",
        paragraphs=(TITLE, *BODY),
    ),
    "list-of-pairs": Site(page=LIST_OF_PAIRS, paragraphs=(NOTICE_TITLE, *TEXT), fields=METADATA),
    "definition-list": Site(page=DEFINITIONS, paragraphs=(TITLE, *BODY), fields=METADATA),
    "boxes-of-pairs": Site(page=BOXES_OF_PAIRS, paragraphs=(TITLE, *BODY), fields=METADATA),
    "one-line-of-pairs": Site(page=LINE_OF_PAIRS, paragraphs=(TITLE, *BODY), fields=METADATA),
    "notice-and-plan-in-siblings": Site(page=SIBLINGS, paragraphs=(NOTICE_TITLE, NUMBER, NOTICE, NOTICE_TEXT, *SIGNED, TITLE, *BODY)),
    "annex-table-beside-the-text": Site(page=ANNEX_BESIDE, paragraphs=(TITLE, *TEXT, "附件", "任务分解表"), tables=1),
    "title-only-in-meta": Site(
        page=META,
        paragraphs=(NOTICE_TITLE, *TEXT),
        fields={"标题": NOTICE_TITLE, "发布日期": "2031-03-10 09:12", "来源": "县政府办公室"},
    ),
    "main-and-article": Site(page=MAIN, paragraphs=(TITLE, *BODY)),
    "fragment": Site(page=ps(TITLE, *BODY), paragraphs=(TITLE, *BODY)),
    "short-fragment": Site(page="<p>做好选址</p>", paragraphs=("做好选址",)),
    "text-right-in-a-box": Site(
        page=f"<div>{TITLE}<div>{BODY[0]}</div>{BODY[1]}<p>{BODY[2]}</p>{BODY[3]}</div>", paragraphs=(TITLE, *BODY[:4])
    ),
    "half-width-signs": Site(
        page=f"{NAVIGATION}{CRUMBS}<h2>{TITLE}</h2><div><p>各乡镇,县直各部门:</p><p>现将方案印发,请抓好落实.</p></div>{FOOTER}",
        paragraphs=(TITLE, "各乡镇,县直各部门:", "现将方案印发,请抓好落实."),
    ),
    "saved-by-a-browser": Site(page=BROWSER, paragraphs=(TITLE, *BODY)),
    "printed-annex-list-of-links": Site(
        page=ANNEX_LINKS,
        paragraphs=(TITLE, *BODY, "附件：1.村级图书室建设任务分解表", "2.村级图书室管理员职责", *SIGNED),
    ),
    "title-over-two-lines": Site(
        page=f"<div class='article_con'><p align=center>{TITLE[:12]}<br>{TITLE[12:]}</p>{ps(*BODY)}</div>",
        paragraphs=(f"{TITLE[:12]}/{TITLE[12:]}", *BODY),
    ),
    "hidden-until-a-script-runs": Site(
        page=f"<div>加载中...</div><div id='zoom' style='display:none'>{ps(TITLE, *BODY)}</div><script>show()</script>",
        paragraphs=(TITLE, *BODY),
    ),
    "side-column-first": Site(page=SIDE_COLUMN, paragraphs=(TITLE, *BODY)),
    "unnamed-everything": Site(page=UNNAMED, paragraphs=(TITLE, *TEXT)),
    "element-of-its-own": Site(
        page=f"<div class='wenz'><div class='tit'>{TITLE}</div><UCAPCONTENT>{ps(*BODY)}</UCAPCONTENT></div>"
        "<div class='info_ewm'>扫一扫在手机打开当前页</div>",
        paragraphs=(TITLE, *BODY),
    ),
    "flat-body": Site(
        page=f"<center><h2>{TITLE}</h2></center><hr>" + "".join(f"　　{text}<br>" for text in BODY), paragraphs=(TITLE, *BODY)
    ),
    "ledger-only": Site(page=LEDGER, paragraphs=("青溪县村级图书室建设工作台账",), tables=1),
    "dialogue-of-leaving": Site(page=DIALOGUE, paragraphs=(TITLE, *BODY)),
}
