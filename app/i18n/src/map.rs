//! 地图: its screen and page, and what is wrong with a file of outlines.

use domain::{
    map::{
        AreaRejection,
        geojson::{FileRejection, LARGEST, MOST_AREAS, MOST_POINTS, MOST_POINTS_OF_FILE},
    },
    severity::Severity,
};

messages! {
    map = "地图", "Map";
    map_hint = "场所、隐患和网格", "Sites, hazards and grids";
    map_of(sites: usize, hazards: usize) = "地图：场所 {sites} 处，未销号隐患 {hazards} 条。用方向键移动，加号、减号缩放", "Map with {sites} sites and {hazards} open hazards. Arrow keys move it, plus and minus zoom";
    closer = "放大", "Zoom in";
    farther = "缩小", "Zoom out";
    whole = "显示全部", "Show all";
    to_me = "我的位置", "My position";
    near_me = "正在定位", "Finding your position";
    shown = "显示哪些", "What is shown";
    with_hazards = "有隐患的", "With hazards";
    due = "该检查的", "Visit due";
    all_grids = "全部网格", "All grids";
    all_kinds = "全部类别", "All kinds";
    list = "列表", "List";
    in_list(n: usize) = "{n} 项", "{n} in all";
    show_more = "再显示一些", "Show more";
    nothing = "没有可以显示的场所", "No site to show";
    nothing_hint = "场所没有登记位置，或被条件筛掉了。位置在场所资料里登记", "No site has a registered position, or the filters leave none. Positions are entered with the site";
    unlocated(n: u64) = "另有 {n} 处场所没有登记位置，不在地图上", "{n} more sites have no registered position and are not on the map";
    no_outlines = "还没有网格界线。由应急办在“设置 · 地图界线”上传", "No outlines of grids yet. The emergency management office sends them under Settings · Outlines on the map";
    here(n: usize) = "这里有 {n} 项", "{n} at this place";
    close = "关闭", "Close";
    lead = "带我去", "Lead me there";
    lead_by_phone = "手机地图（WGS-84）", "The phone's map app (WGS 84)";
    lead_by_amap = "高德地图（GCJ-02）", "Amap (GCJ-02)";
    lead_by_baidu = "百度地图（GCJ-02）", "Baidu Maps (GCJ-02)";
    lead_hint = "会打开另一个应用，并把这处场所的名称和位置交给它", "Another app opens and is told this site's name and position";
    open_site = "打开场所", "Open the site";
    open_hazard = "打开隐患", "Open the hazard";
    late = "已逾期", "Late";
    visit_due = "该检查了", "A visit is due";
    hazard_general = "一般隐患", "General hazard";
    hazard_major = "重大隐患", "Major hazard";
    datum = "位置为 WGS-84 坐标", "Positions are WGS 84";
    background_on = "显示底图", "Show a background map";
    background_hint(host: &str) = "底图由 {host} 提供，要用流量，没有信号时不显示。显示底图时，该服务会知道这台设备的网络地址和正在看的是哪一片地方；场所和隐患不会发给它", "The background comes from {host}; it takes data and is not shown without signal. While it is shown, that service learns this device's network address and which area is looked at; sites and hazards are not sent to it";
    background_missing = "有的底图没有取到，地图照常使用", "Some of the background did not come; the map works without it";
    metres(n: u64) = "{n} 米", "{n} m";
    kilometres(n: u64) = "{n} 公里", "{n} km";

    outlines = "地图界线", "Outlines on the map";
    lead_outlines = "村（社区）和网格的范围，由本单位上传 GeoJSON 文件（RFC 7946）。每个面要有名称，与“社区和网格”里的名称一致；不同社区有同名网格的，另写所属社区。", "The areas of communities and grids, from the office's own GeoJSON file (RFC 7946). Each area has a name, the same as under Communities and grids; where grids of several communities share a name, the community too.";
    outlines_file = "GeoJSON 文件", "GeoJSON file";
    outlines_file_hint = ".geojson 或 .json，最大 4 MB，坐标先经度后纬度。名称写在 name 或“名称”里，所属社区写在 community 或“社区”里", ".geojson or .json, at most 4 MB, longitude before latitude. The name stands in `name`, the community in `community`";
    outlines_datum = "坐标系", "Datum of the coordinates";
    outlines_datum_hint = "不同地图的坐标相差几百米；写入时统一换算成 WGS-84", "Maps differ by several hundred metres; all are converted to WGS 84";
    outlines_do = "怎么处理", "What to do";
    outlines_look = "先核对，不写入", "Check only, write nothing";
    outlines_write = "核对无误后写入", "Write, if nothing is wrong";
    outlines_send = "上传", "Send";
    outlines_reading = "正在读取…", "Reading…";
    outlines_needs_file = "请选择要上传的 GeoJSON 文件", "Choose the GeoJSON file to send";
    outlines_refused = "没有写入。请按以下说明修改文件后重新上传", "Nothing was written. Mend the file as said below and send it again";
    outlines_checked(n: usize) = "核对无误：{n} 处可以写入。选择“核对无误后写入”再上传一次", "Nothing is wrong: {n} outlines can be written. Choose to write and send the file once more";
    outlines_written(n: usize) = "已写入 {n} 处，手机下次同步后显示", "{n} outlines written; phones show them after their next sync";
    outlines_without(n: usize, names: String) = "还没有界线的有 {n} 处：{names}", "{n} still without an outline: {names}";
    outlines_place = "村（社区）、网格", "Community or grid";
    outlines_points = "顶点数", "Points";
    outlines_change = "变化", "Change";
    outlines_new = "新增", "New";
    outlines_again = "替换", "Replaced";
    outlines_kept(n: usize) = "现有界线 {n} 处", "{n} outlines on the map";
    outlines_kept_hint = "删除只去掉地图上的界线，社区和网格不变；要换界线，上传新文件即可替换", "Removing takes the outline off the map; the community or grid stays. To change one, send a new file: it replaces the old outline";
    outlines_remove = "删除", "Remove";
    outlines_remove_of(name: &str) = "删除“{name}”的界线", "Remove the outline of \"{name}\"";
    between = "、", ", ";
    and_more(n: usize) = "等 {n} 处", "and {n} more";
    of_feature(n: usize, name: String) = "第 {n} 个面“{name}”：", "Area {n}, \"{name}\": ";
    of_nameless(n: usize) = "第 {n} 个面：", "Area {n}: ";

    file_not_json = "这个文件不是 GeoJSON。请从制图软件里导出为 GeoJSON（WGS-84）后上传", "This file is not GeoJSON. Export it as GeoJSON (WGS 84) from the mapping program and send that";
    file_not_a_collection = "文件里没有 FeatureCollection。请把各个面导出为一个图层再上传", "The file holds no FeatureCollection. Export the areas as one layer and send that";
    file_other_reference(name: String) = "文件用的是投影坐标（{name}）。请导出为经纬度（EPSG:4326 或 EPSG:4490）后上传", "The file uses the reference {name}. Export it in degrees (EPSG:4326 or EPSG:4490) and send that";
    file_empty = "文件里没有面。请检查导出的图层后重新上传", "The file holds no areas. Check the exported layer and send it again";
    file_too_many_areas(most: usize) = "一个文件最多 {most} 个面，请分几个文件上传", "At most {most} areas in a file; split it";
    file_too_many_points(most: usize) = "一个文件最多 {most} 个顶点，请在制图软件里简化后上传", "At most {most} points in a file; simplify it in the mapping program";
    file_too_large(most: usize) = "文件最大 {most} MB，请在制图软件里简化后上传", "At most {most} MB; simplify it in the mapping program";

    area_no_name = "没有名称，请写在 name 或“名称”里", "no name; write it as `name`";
    area_not_a_polygon(found: String) = "不是面而是“{found}”，请导出为面（Polygon 或 MultiPolygon）", "not an area but \"{found}\"; export it as Polygon or MultiPolygon";
    area_not_coordinates = "坐标无法识别，请重新导出", "coordinates that cannot be read; export it again";
    area_too_many_points(most: usize) = "超过 {most} 个顶点，请在制图软件里简化", "more than {most} points; simplify it in the mapping program";
    area_ring_short = "边界不足 4 个点，围不成面，请补画", "a ring of fewer than 4 points encloses nothing; draw it again";
    area_ring_open = "边界没有闭合，最后一点要与第一点相同", "the ring is not closed; its last point has to be its first";
    area_at_zero = "有坐标是 0,0，说明位置没有取到，请改正", "a coordinate is 0,0, which means that no position was found; correct it";
    area_swapped = "经度和纬度写反了，GeoJSON 要先经度后纬度", "longitude and latitude are swapped; GeoJSON has longitude first";
    area_not_degrees = "坐标不是经纬度（可能是以米为单位的投影坐标），请导出为 EPSG:4326", "coordinates are not degrees but probably metres of a projection; export it in EPSG:4326";
    area_other_country = "在国外，请检查文件和坐标系", "in another country; check the file and its datum";
    area_far_away(kilometres: u64) = "离本单位的场所有 {kilometres} 公里，请检查是不是本街道的文件", "{kilometres} km from the office's sites; check that the file is this office's";
    area_unknown_place = "“社区和网格”里没有这个名称，请核对", "no community or grid has this name; check it";
    area_several_places = "有几个社区都有这个网格，请写明所属社区", "grids of several communities have this name; add the community";
    area_twice(feature: usize) = "与第 {feature} 个面是同一处，请合并为一个 MultiPolygon", "the same place as area {feature}; make one MultiPolygon of them";
}

/// Why a file is not read.
pub fn file_refused(lang: Lang, because: &FileRejection) -> String {
    match because {
        FileRejection::NotJson => file_not_json(lang).to_owned(),
        FileRejection::NotACollection => file_not_a_collection(lang).to_owned(),
        FileRejection::OtherReference { name } => file_other_reference(lang, name.clone()),
        FileRejection::Empty => file_empty(lang).to_owned(),
        FileRejection::TooManyAreas => file_too_many_areas(lang, MOST_AREAS),
        FileRejection::TooManyPoints => file_too_many_points(lang, MOST_POINTS_OF_FILE),
        FileRejection::TooLarge => file_too_large(lang, LARGEST / (1024 * 1024)),
    }
}

/// What is wrong with one of its areas.
pub fn area_refused(lang: Lang, because: &AreaRejection) -> String {
    match because {
        AreaRejection::NoName => area_no_name(lang).to_owned(),
        AreaRejection::NotAnArea { found } => area_not_a_polygon(lang, found.clone()),
        AreaRejection::NotCoordinates => area_not_coordinates(lang).to_owned(),
        AreaRejection::TooManyPoints => area_too_many_points(lang, MOST_POINTS),
        AreaRejection::RingShort => area_ring_short(lang).to_owned(),
        AreaRejection::RingOpen => area_ring_open(lang).to_owned(),
        AreaRejection::AtZero => area_at_zero(lang).to_owned(),
        AreaRejection::Swapped => area_swapped(lang).to_owned(),
        AreaRejection::NotDegrees => area_not_degrees(lang).to_owned(),
        AreaRejection::OtherCountry => area_other_country(lang).to_owned(),
        AreaRejection::FarAway { kilometres } => area_far_away(lang, *kilometres),
        AreaRejection::UnknownPlace => area_unknown_place(lang).to_owned(),
        AreaRejection::SeveralPlaces => area_several_places(lang).to_owned(),
        AreaRejection::Twice { feature } => area_twice(lang, *feature),
    }
}

/// With the word, for what is drawn as a sign.
pub fn hazard(lang: Lang, level: Severity) -> &'static str {
    match level {
        Severity::General => hazard_general(lang),
        Severity::Major => hazard_major(lang),
    }
}

/// The length of the scale's bar.
pub fn length(lang: Lang, of: f64) -> String {
    let whole = of.round() as u64;
    if whole < 1_000 { metres(lang, whole) } else { kilometres(lang, whole / 1_000) }
}
