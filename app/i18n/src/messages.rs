/// Declares messages: `key = "中文", "English";` or `key(n: usize) = "{n} 处", "{n} places";`.
macro_rules! messages {
    ($($(#[$doc:meta])* $key:ident $(($($arg:ident: $ty:ty),+))? = $zh:literal, $en:literal;)*) => {
        use domain::text::Lang;

        $(messages!(@message [$(#[$doc])*] $key [$($($arg: $ty),+)?] $zh $en);)*

        #[cfg(test)]
        pub(crate) const ALL: &[(&str, &str, &str)] = &[$((stringify!($key), $zh, $en)),*];
    };
    (@message [$($doc:tt)*] $key:ident [] $zh:literal $en:literal) => {
        $($doc)*
        pub const fn $key(lang: Lang) -> &'static str {
            match lang {
                Lang::Zh => $zh,
                Lang::En => $en,
            }
        }
    };
    (@message [$($doc:tt)*] $key:ident [$($arg:ident: $ty:ty),+] $zh:literal $en:literal) => {
        $($doc)*
        pub fn $key(lang: Lang, $($arg: $ty),+) -> String {
            match lang {
                Lang::Zh => format!($zh),
                Lang::En => format!($en),
            }
        }
    };
}
