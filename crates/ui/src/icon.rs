//! The icon set: our own line drawings on a 24-unit grid, inlined so that no request is needed and the colour follows the text.

use crate::html::Html;

/// An icon. It is decoration: the words beside it carry the meaning, so it is hidden from screen readers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names say what is drawn")]
pub enum Icon {
    Home,
    Shield,
    People,
    Building,
    Folder,
    Document,
    List,
    Table,
    Grid,
    Warning,
    Info,
    Check,
    CheckCircle,
    Cross,
    Plus,
    Minus,
    Search,
    Filter,
    Sort,
    ArrowUp,
    ArrowDown,
    ArrowLeft,
    ArrowRight,
    ChevronDown,
    ChevronRight,
    Calendar,
    Clock,
    Bell,
    Upload,
    Download,
    Print,
    Edit,
    Trash,
    Undo,
    Link,
    Clip,
    Comment,
    History,
    Settings,
    User,
    Logout,
    Globe,
    Sun,
    Moon,
    Auto,
    Menu,
    More,
    Lock,
    Eye,
    Chart,
    Target,
    Book,
    Mail,
    Device,
    Cloud,
    Flag,
    Star,
    Copy,
    Play,
    Supplier,
    Bug,
}

impl Icon {
    /// The icon called `name` (kebab case: `check-circle`); `None` when there is none. Lets navigation come from data.
    pub fn from_name(name: &str) -> Option<Self> {
        NAMES.iter().find(|(known, _)| *known == name).map(|(_, icon)| *icon)
    }

    const fn path(self) -> &'static str {
        match self {
            Self::Home => "M4 11.5 12 4.5l8 7M6 10v9.5h12V10M10 19.5v-5h4v5",
            Self::Shield => {
                "M12 3.5c2.6 1.7 5 2.4 7.5 2.6v5.4c0 4.4-2.9 7.5-7.5 9-4.6-1.5-7.5-4.6-7.5-9V6.1C7 5.9 9.4 5.2 12 3.5z"
            }
            Self::People => {
                "M9 11.5a3.25 3.25 0 1 0 0-6.5 3.25 3.25 0 0 0 0 6.5zM3.5 19c.4-3 2.6-4.7 5.5-4.7s5.1 1.7 5.5 4.7M15.5 5.3a3.1 3.1 0 0 1 0 6M17 14.6c2 .5 3.2 2 3.5 4.4"
            }
            Self::Building => "M5 20V4.5h9V20M14 9.5h5V20M3.5 20h17M8 8h3M8 11.5h3M8 15h3",
            Self::Folder => "M3.5 18.5v-12h6l2 2.5h9v9.5z",
            Self::Document => "M6 3.5h8l4 4v13H6zM14 3.5v4h4M9 12h6M9 15.5h6",
            Self::List => "M8.5 6.5h11M8.5 12h11M8.5 17.5h11M4.5 6.5h.01M4.5 12h.01M4.5 17.5h.01",
            Self::Table => "M4 5h16v14H4zM4 9.7h16M4 14.3h16M10 5v14",
            Self::Grid => "M4.5 4.5h6v6h-6zM13.5 4.5h6v6h-6zM4.5 13.5h6v6h-6zM13.5 13.5h6v6h-6z",
            Self::Warning => "M12 4.5 21 19.5H3zM12 10v4.5M12 17h.01",
            Self::Info => "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 11v5M12 8h.01",
            Self::Check => "M5 12.5 10 17.5 19 7",
            Self::CheckCircle => "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM8 12.3l3 2.9 5-5.9",
            Self::Cross => "M6 6l12 12M18 6 6 18",
            Self::Plus => "M12 5v14M5 12h14",
            Self::Minus => "M5 12h14",
            Self::Search => "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.3 15.3 20 20",
            Self::Filter => "M4 6h16M7 12h10M10 18h4",
            Self::Sort => "M8 4.5v15M4.5 16 8 19.5l3.5-3.5M16 19.5v-15M12.5 8 16 4.5 19.5 8",
            Self::ArrowUp => "M12 19V5M6 11l6-6 6 6",
            Self::ArrowDown => "M12 5v14M6 13l6 6 6-6",
            Self::ArrowLeft => "M19 12H5M11 6l-6 6 6 6",
            Self::ArrowRight => "M5 12h14M13 6l6 6-6 6",
            Self::ChevronDown => "M6 9.5l6 6 6-6",
            Self::ChevronRight => "M9.5 6l6 6-6 6",
            Self::Calendar => "M4 6h16v14H4zM4 10.5h16M8 3.5V7M16 3.5V7",
            Self::Clock => "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 7v5.3l3.5 2",
            Self::Bell => "M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zM10 20.5h4",
            Self::Upload => "M12 16V4.5M7 9.5l5-5 5 5M4.5 15v4.5h15V15",
            Self::Download => "M12 4.5V16M7 11l5 5 5-5M4.5 15v4.5h15V15",
            Self::Print => "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
            Self::Edit => "M4.5 19.5l1-4.2L16 4.8l3.2 3.2L8.7 18.5zM13.5 7.3l3.2 3.2",
            Self::Trash => "M4.5 7h15M9 7V4.5h6V7M6.5 7l1 13h9l1-13M10 10.5v6M14 10.5v6",
            Self::Undo => "M8.5 5 4 9.5 8.5 14M4 9.5h10a5 5 0 0 1 0 10h-3",
            Self::Link => "M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.7l1-1",
            Self::Clip => "M18.5 11.5l-7 7a4.2 4.2 0 0 1-6-6l7.5-7.5a2.9 2.9 0 0 1 4 4L9.7 16.3a1.4 1.4 0 0 1-2-2L14 8",
            Self::Comment => "M4 5h16v11.5h-9L7 20v-3.5H4z",
            Self::History => "M4.5 12A7.5 7.5 0 1 0 7 6.4L4.5 8.7M4.5 4.5v4.2h4.2M12 8v4.2l3 1.8",
            Self::Settings => {
                "M4 7h9M17 7h3M4 17h3M11 17h9M15 9.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4zM9 19.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4z"
            }
            Self::User => "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20c.6-3.7 3.5-5.7 7.5-5.7s6.9 2 7.5 5.7",
            Self::Logout => "M10 4.5H5v15h5M14 8l4 4-4 4M18 12H9",
            Self::Globe => "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM3.5 12h17M12 3.5c5 5 5 12 0 17-5-5-5-12 0-17z",
            Self::Sun => {
                "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.4M18.4 5.6 17 7M7 17l-1.4 1.4"
            }
            Self::Moon => "M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z",
            Self::Auto => "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 3.5v17M12 8l5-2M12 12.5l8-2M12 17l6.5-1.8",
            Self::Menu => "M4 7h16M4 12h16M4 17h16",
            Self::More => {
                "M5 12a.8.8 0 1 0 1.6 0 .8.8 0 0 0-1.6 0zM11.2 12a.8.8 0 1 0 1.6 0 .8.8 0 0 0-1.6 0zM17.4 12a.8.8 0 1 0 1.6 0 .8.8 0 0 0-1.6 0z"
            }
            Self::Lock => "M5.5 11h13v9h-13zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
            Self::Eye => {
                "M3 12c2.3-4 5.3-6 9-6s6.7 2 9 6c-2.3 4-5.3 6-9 6s-6.7-2-9-6zM12 14.6a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.2z"
            }
            Self::Chart => "M4.5 4v15.5H20M8.5 16v-4M12.5 16V8M16.5 16v-6",
            Self::Target => "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 12h.01",
            Self::Book => "M12 6.5C10 5 7.5 4.5 4 4.5v14c3.5 0 6 .5 8 2 2-1.5 4.5-2 8-2v-14c-3.5 0-6 .5-8 2zM12 6.5v14",
            Self::Mail => "M3.5 5.5h17v13h-17zM3.5 7l8.5 6 8.5-6",
            Self::Device => "M4 5h16v11H4zM9 20h6M12 16v4",
            Self::Cloud => "M7.5 18.5a4 4 0 0 1-.5-8 5.5 5.5 0 0 1 10.5 1 3.5 3.5 0 0 1 0 7z",
            Self::Flag => "M6 20.5v-16h12l-2.5 4 2.5 4H6",
            Self::Star => "M12 4l2.5 5.2 5.5.7-4 3.9 1 5.6-5-2.7-5 2.7 1-5.6-4-3.9 5.5-.7z",
            Self::Copy => "M8.5 8.5h11v11h-11zM15.5 8.5v-4h-11v11h4",
            Self::Play => "M8 5l11 7-11 7z",
            Self::Supplier => {
                "M3 16.5V6h11v10.5M14 10h4l3 3.5v3h-2M3 16.5h2M10 16.5h4.5M7.5 18.5a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6zM17 18.5a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6z"
            }
            Self::Bug => {
                "M8.5 9a3.5 3.5 0 0 1 7 0v6a3.5 3.5 0 0 1-7 0zM8.5 10.5 5 8.5M15.5 10.5l3.5-2M8.5 13H4.5M15.5 13h4M8.8 16.5 5.5 19M15.2 16.5l3.3 2.5M10 5.8 8.5 4M14 5.8 15.5 4"
            }
        }
    }

    fn render(self) -> Html {
        Html::raw(format!(
            "<svg class=\"icon\" viewBox=\"0 0 24 24\" width=\"20\" height=\"20\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.7\" \
             stroke-linecap=\"round\" stroke-linejoin=\"round\" aria-hidden=\"true\" focusable=\"false\"><path d=\"{}\"/></svg>",
            self.path()
        ))
    }
}

impl From<Icon> for Html {
    fn from(icon: Icon) -> Self {
        icon.render()
    }
}
impl std::fmt::Display for Icon {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.render().as_str())
    }
}
impl askama::filters::HtmlSafe for Icon {}

/// Names as used by data.
const NAMES: [(&str, Icon); 61] = [
    ("home", Icon::Home),
    ("shield", Icon::Shield),
    ("people", Icon::People),
    ("building", Icon::Building),
    ("folder", Icon::Folder),
    ("document", Icon::Document),
    ("list", Icon::List),
    ("table", Icon::Table),
    ("grid", Icon::Grid),
    ("warning", Icon::Warning),
    ("info", Icon::Info),
    ("check", Icon::Check),
    ("check-circle", Icon::CheckCircle),
    ("cross", Icon::Cross),
    ("plus", Icon::Plus),
    ("minus", Icon::Minus),
    ("search", Icon::Search),
    ("filter", Icon::Filter),
    ("sort", Icon::Sort),
    ("arrow-up", Icon::ArrowUp),
    ("arrow-down", Icon::ArrowDown),
    ("arrow-left", Icon::ArrowLeft),
    ("arrow-right", Icon::ArrowRight),
    ("chevron-down", Icon::ChevronDown),
    ("chevron-right", Icon::ChevronRight),
    ("calendar", Icon::Calendar),
    ("clock", Icon::Clock),
    ("bell", Icon::Bell),
    ("upload", Icon::Upload),
    ("download", Icon::Download),
    ("print", Icon::Print),
    ("edit", Icon::Edit),
    ("trash", Icon::Trash),
    ("undo", Icon::Undo),
    ("link", Icon::Link),
    ("clip", Icon::Clip),
    ("comment", Icon::Comment),
    ("history", Icon::History),
    ("settings", Icon::Settings),
    ("user", Icon::User),
    ("logout", Icon::Logout),
    ("globe", Icon::Globe),
    ("sun", Icon::Sun),
    ("moon", Icon::Moon),
    ("auto", Icon::Auto),
    ("menu", Icon::Menu),
    ("more", Icon::More),
    ("lock", Icon::Lock),
    ("eye", Icon::Eye),
    ("chart", Icon::Chart),
    ("target", Icon::Target),
    ("book", Icon::Book),
    ("mail", Icon::Mail),
    ("device", Icon::Device),
    ("cloud", Icon::Cloud),
    ("flag", Icon::Flag),
    ("star", Icon::Star),
    ("copy", Icon::Copy),
    ("play", Icon::Play),
    ("supplier", Icon::Supplier),
    ("bug", Icon::Bug),
];
