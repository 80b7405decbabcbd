use authoring::xlsform::supported;
use domain::text::Lang;

#[test]
fn what_is_supported_is_told_in_both_languages() {
    insta::assert_snapshot!("supported_en", supported(Lang::En));
    insta::assert_snapshot!("supported_zh", supported(Lang::Zh));
}
