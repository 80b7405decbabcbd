//! The content security policy of documents that have a program: what they may load, run and speak to.

use domain::map::TileSource;

/// Scripts of this site run, and those that bear the nonce of a response that was made for one request; the phone's document has
/// none, since it is kept. Nobody else is asked for anything, but for pictures of the service of tiles that the installation names.
pub(super) fn csp(nonce: Option<&str>, tiles: Option<&TileSource>) -> String {
    let nonce = nonce.map(|nonce| format!(" 'nonce-{nonce}'")).unwrap_or_default();
    let tiles = tiles.map(|tiles| format!(" {}", tiles.template.origin())).unwrap_or_default();
    format!(
        "default-src 'none'; script-src 'self'{nonce} 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' blob: data:{tiles}; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; \
         form-action 'self'; frame-ancestors 'none'"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_come_from_this_site_and_from_the_named_service_and_nowhere_else() {
        let images = |tiles: Option<&TileSource>| {
            let csp = csp(Some("n9n8"), tiles);
            let rule = csp.split("; ").find_map(|rule| rule.strip_prefix("img-src ")).map(str::to_owned);
            let others = csp.split("; ").filter(|rule| !rule.starts_with("img-src ")).collect::<Vec<_>>();
            assert!(!others.join(" ").contains("://"), "{csp}");
            rule.unwrap_or_default()
        };
        assert_eq!(images(None), "'self' blob: data:");
        let source = TileSource::carried("https://Tiles.example.cn:8443/{z}/{x}/{y}.png?k=;", "gcj02", None);
        assert!(source.is_some());
        assert_eq!(images(source.as_ref()), "'self' blob: data: https://tiles.example.cn:8443");
    }

    #[test]
    fn what_is_kept_has_no_nonce() {
        assert!(!csp(None, None).contains("nonce"));
        assert!(csp(Some("n9n8"), None).contains("script-src 'self' 'nonce-n9n8' 'wasm-unsafe-eval';"));
    }
}
