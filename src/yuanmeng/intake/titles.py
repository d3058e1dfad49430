"""Column titles as offices, job boards and 人社 systems write them: field → titles, the best first.

`docs/reference/import-columns.md` is this table for people. The codes are 人社 field codes as seen in public
integration papers (certainty: seen). Titles stand here without width, case, marks, spaces and brackets.
"""

from __future__ import annotations

VACANCY: dict[str, str] = {
    "external_id": (
        "编号 岗位编号 职位编号 招聘编号 岗位id 职位id jobid positionid externalid externalref id acb200"
    ),
    "title": (
        "岗位名称 职位名称 招聘岗位 招聘职位 岗位 职位 工种 工种岗位 岗位工种 positionname "
        "position jobtitle title job aca112"
    ),
    "organisation": (
        "单位名称 企业名称 公司名称 用人单位 招聘单位 公司全称 companyfullname 单位 企业 公司 "
        "companyname company employer organisation aab004"
    ),
    "uscc": "统一社会信用代码 信用代码 社会信用代码 uscc creditcode aab998",
    "openings": "招聘人数 需求人数 人数 岗位数 招聘数量 拟招人数 headcount openings number acb240",
    "pay": (
        "薪资待遇 工资待遇 薪资范围 工资范围 薪资 工资 薪酬 薪酬待遇 薪酬范围 月薪 月工资 "
        "薪资水平 待遇 年薪 日薪 时薪 wage salary pay"
    ),
    "pay_low": "最低薪资 最低工资 薪资下限 paymin salarymin",
    "pay_high": "最高薪资 最高工资 薪资上限 paymax salarymax",
    "education": (
        "学历要求 最低学历 学历 文化程度 教育程度 diplomarequirment diplomarequirement education "
        "degree aac011"
    ),
    "experience": "工作经验 经验要求 工作年限 经验 从业年数 workyear experience acc217",
    "city": "城市 工作城市 所在城市 city",
    "district": "区 区县 地区 所在区县 工作区域 所在区 行政区 district",
    "area_code": "行政区划代码 工作地点行政区划 区划代码 areacode aab301",
    "address": "工作地点 工作地址 详细地址 公司地址 单位地址 上班地址 地址 地点 workplace address acb202",
    "zones": "商圈 businesszones",
    "lon": "经度 longitude lon lng",
    "lat": "纬度 latitude lat",
    "valid_from": (
        "发布日期 发布时间 开始日期 招聘开始日期 时间 日期 validfrom publishedon dateposted aae397"
    ),
    "valid_until": "有效期至 截止日期 有效期 到期日期 结束日期 招聘截止日期 validuntil validthrough aae398",
    "content": (
        "岗位描述 职位描述 岗位职责 工作内容 职位信息 岗位信息 岗位说明 描述 desription "
        "description content acb22a"
    ),
    "requirements": "任职要求 岗位要求 任职资格 其他要求 requirements",
    "benefits": "福利待遇 福利 薪酬福利 职位诱惑 positionadvantage welfare benefits",
    "skills": "技能要求 技能 skilllables skilllabels positionlables positionlabels skills",
    "tags": "岗位标签 标签 友好标签 tags",
    "hours": "工作时间 上班时间 班次 工时 hours",
    "employment_type": "工作性质 用工形式 用工性质 jobnature employmenttype acb239",
    "industry": "行业 所属行业 行业类别 公司行业 industryfield indusrty industry aab022",
    "size": "公司规模 单位规模 人员规模 企业规模 companysize size",
    "nature": "公司性质 单位性质 企业性质 企业类型 单位类型 companytype nature aab019",
    "company": "公司信息",  # 性质 | 规模 | 行业 in one cell
    "contact_name": "联系人 联系人姓名 contact contactname aae004",
    "contact_phone": "联系电话 电话 联系方式 手机 contactphone phone aae005",
    "age_floor": "最低年龄 acb221",
    "age_ceiling": "最高年龄 acb222",
    "publisher": "来源 数据来源 原发布平台 source yae100",
    "occupation": "职业代码 职业编码 occupation occupationcode aca111",
}

SEEKER: dict[str, str] = {
    "external_id": "编号 个人编号 人员编号 求职编号 简历编号 externalid externalref id aac001",
    "name": "姓名 求职者姓名 name aac003",
    "phone": (
        "手机 手机号 手机号码 联系手机 移动电话 联系电话 电话 联系方式 phone mobile acb501 aac067 aae005"
    ),
    "id_number": "身份证号 身份证号码 公民身份号码 证件号码 身份证 idnumber aac002 aac147",
    "sex": "性别 sex aac004",
    "birth": "出生日期 出生年月 出生年份 birth birthdate birthyear aac006",
    "age": "年龄 age",
    "education": "学历 最高学历 文化程度 education aac011",
    "school": "毕业院校 毕业学校 学校 school aac180",
    "major": "专业 所学专业 major aac183",
    "graduates_on": "毕业时间 毕业日期 graduateson aac181",
    "experience": "工作年限 工作经验 从业年数 yearsexperience acc217",
    "last_occupation": "原职业 上一份工作 原工作岗位 最近岗位 lastoccupation",
    "wanted": "求职意向 期望岗位 意向岗位 期望职位 求职岗位 wanted aca112",
    "pay": "期望薪资 期望工资 期望月薪 薪资要求 pay acc034",
    "skills": "技能 技能特长 特长 skills",
    "certificates": "证书 职业资格证书 技能证书 certificates",
    "employment_type": "工作方式 工作性质 employmenttype ycb213",
    "shifts": "班次 可接受班次 shifts",
    "intention": "目前意向 就业意向 intention",
    "commute": "通勤上限 最长通勤 通勤时间 commutemaxminutes commute",
    "residence": "居住地址 现住地址 常住地址 联系地址 居住地 residence address aac026 aac046 aae006",
    "committee": "居委 居委会 居民区 所属居委 committee",
    "text": "自我评价 个人简历 简历 工作经历 text resume acc209",
    "channel": "来源 渠道 登记渠道 channel source",
    "registered_on": "登记日期 登记时间 registeredon aae043",
}

ORGANISATION: dict[str, str] = {
    "external_id": "编号 单位编号 企业编号 externalid externalref id aab001",
    "name": "单位名称 企业名称 公司名称 用人单位 机构名称 名称 name aab004",
    "uscc": "统一社会信用代码 信用代码 社会信用代码 uscc aab998",
    "kind": "机构类型 单位类别 机构类别 类别 kind",
    "licence_no": "许可证编号 许可证号 人力资源服务许可证号 licenceno",
    "licence_until": "许可有效期至 许可证有效期 licenceuntil",
    "industry": "所属行业 行业 行业类别 industry aab022",
    "size": "单位规模 企业规模 公司规模 人员规模 size",
    "nature": "单位性质 企业性质 公司性质 单位类型 nature aab019",
    "address": "单位地址 企业地址 公司地址 注册地址 经营地址 地址 address aae006",
    "lon": "经度 longitude lon lng",
    "lat": "纬度 latitude lat",
    "contact_name": "联系人 联系人姓名 contactname aae004",
    "contact_phone": "联系电话 电话 联系方式 手机 contactphone phone aae005",
    "email": "电子邮箱 邮箱 email aae159",
    "about": "单位简介 企业简介 公司简介 简介 about aab092",
}

FIELDS: dict[str, dict[str, str]] = {"vacancies": VACANCY, "seekers": SEEKER, "organisations": ORGANISATION}
NEEDED: dict[str, tuple[str, ...]] = {
    "vacancies": ("title", "organisation"),
    "seekers": ("name",),
    "organisations": ("name",),
}
# Several columns of these belong together; of any other field one column counts.
JOINED = frozenset({"skills", "tags", "benefits"})
# Columns we never take, never keep and never give back: discrimination risk, no purpose here.
NEVER = frozenset(
    [
        *["民族", "婚姻状况", "婚否", "婚育状况", "政治面貌", "宗教信仰", "宗教", "户口性质", "户籍性质"],
        *["血型", "星座", "aac005", "aac017", "aac024", "aac009"],
    ]
)
