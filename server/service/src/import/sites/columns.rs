//! The columns of a list of sites, by the headings that offices give them.

use crate::import::columns::{Column, Holds};
use domain::{limits, party::CreditCode};

pub const CODE: Column = Column::exact(
    "code",
    "编码",
    limits::CODE,
    Holds::Code,
    &["场所编码", "单位编码", "场所编号", "编号", "代码", "场所代码", "店铺编码"],
);
pub const NAME: Column = Column::words(
    "name",
    "名称",
    limits::NAME,
    &["场所名称", "单位名称", "企业名称", "店铺名称", "店名", "商户名称", "门店名称", "字号", "场所"],
);
pub const KINDS: Column = Column::words(
    "kinds",
    "类别",
    200,
    &["场所类别", "场所类型", "类型", "单位类别", "单位类型", "九小场所类别"],
)
.list();
pub const SECTOR: Column =
    Column::words("sector", "行业", 40, &["行业领域", "所属行业", "行业类别", "行业分类"]);
pub const RISK: Column =
    Column::words("risk", "风险等级", 20, &["风险级别", "安全风险等级", "风险分级", "风险"]);
pub const COMMUNITY: Column = Column::words(
    "community",
    "社区",
    limits::NAME,
    &[
        "村（社区）",
        "社区（村）",
        "村社区",
        "村/社区",
        "村居",
        "所属社区",
        "所在社区",
        "所属村（社区）",
        "社区名称",
    ],
);
pub const GRID: Column = Column::words("grid", "网格", limits::NAME, &["所属网格", "所在网格", "网格名称"]);
pub const ADDRESS: Column = Column::words(
    "address",
    "地址",
    limits::ADDRESS,
    &["详细地址", "场所地址", "单位地址", "经营地址", "所在地址", "具体地址", "门牌地址"],
);
pub const LATITUDE: Column = Column::exact("latitude", "纬度", 40, Holds::Degrees, &["lat", "坐标纬度"]);
pub const LONGITUDE: Column =
    Column::exact("longitude", "经度", 40, Holds::Degrees, &["lng", "lon", "坐标经度"]);
pub const DATUM: Column = Column::exact("datum", "坐标系", 20, Holds::Words, &["坐标类型", "坐标系统"]);
pub const CONTACT: Column = Column::words(
    "contact",
    "责任人",
    200,
    &["负责人", "主要负责人", "安全责任人", "责任人姓名", "负责人姓名", "联系人", "联系人姓名", "姓名"],
)
.list();
pub const DUTY: Column = Column::words("duty", "职务", 100, &["责任人职务", "负责人职务"]).list();
pub const PHONE: Column = Column::exact(
    "phone",
    "电话",
    200,
    Holds::Phone,
    &[
        "联系电话",
        "手机",
        "手机号",
        "手机号码",
        "联系方式",
        "电话号码",
        "责任人电话",
        "负责人电话",
        "联系人电话",
    ],
)
.list();
pub const PARTY: Column = Column::words(
    "party",
    "责任主体",
    limits::NAME,
    &["责任主体名称", "责任单位", "经营主体", "市场主体", "所属企业", "产权单位", "业主"],
);
pub const CREDIT_CODE: Column = Column::exact(
    "credit_code",
    "统一社会信用代码",
    2 * CreditCode::LENGTH,
    Holds::Code,
    &["社会信用代码", "信用代码", "统一信用代码", "统一社会信用代码/注册号", "营业执照号"],
);
pub const LEADER: Column = Column::words(
    "leader",
    "包联领导",
    limits::NAME,
    &["包保领导", "联系领导", "包片领导", "包联干部", "包保干部"],
);
pub const DEPARTMENT: Column = Column::words(
    "department",
    "部门",
    limits::NAME,
    &["主管部门", "行业主管部门", "监管部门", "责任部门", "牵头部门", "所属部门"],
);
pub const STATE: Column = Column::words("state", "状态", 20, &["使用状态", "经营状态"]);

pub const COLUMNS: &[Column] = &[
    CODE,
    NAME,
    KINDS,
    SECTOR,
    RISK,
    COMMUNITY,
    GRID,
    ADDRESS,
    LATITUDE,
    LONGITUDE,
    DATUM,
    CONTACT,
    DUTY,
    PHONE,
    PARTY,
    CREDIT_CODE,
    LEADER,
    DEPARTMENT,
    STATE,
];
