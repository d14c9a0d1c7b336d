//! `#[derive(Ledger)]` and `#[derive(Choice)]`: the declaration of a ledger, written as a struct.
//!
//! See CONTRIBUTING.md, "A ledger in three steps", for the worked example. Everything a macro can check, it checks here with a
//! message at the attribute, so that a mistake costs a compile and not a morning.

use proc_macro::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Fields, LitInt, LitStr, Path, parse_macro_input};

#[derive(Default)]
struct LedgerAttrs {
    code: String,
    area: String,
    table: String,
    ja: String,
    en: String,
    intro_ja: String,
    intro_en: String,
    label: String,
    sub_label: String,
    department: String,
    owner: String,
    classification: String,
    sort: String,
    icon: String,
    keys: String,
    groups: String,
    compute: Option<Path>,
    reckon: Option<Path>,
    managed: bool,
}

fn text(meta: &syn::meta::ParseNestedMeta<'_>) -> syn::Result<String> {
    Ok(meta.value()?.parse::<LitStr>()?.value())
}

fn ledger_attrs(input: &DeriveInput) -> syn::Result<LedgerAttrs> {
    let mut found = LedgerAttrs::default();
    for attr in input.attrs.iter().filter(|attr| attr.path().is_ident("ledger")) {
        attr.parse_nested_meta(|meta| {
            let name = meta.path.get_ident().map(ToString::to_string).unwrap_or_default();
            match name.as_str() {
                "code" => found.code = text(&meta)?,
                "area" => found.area = text(&meta)?,
                "table" => found.table = text(&meta)?,
                "ja" => found.ja = text(&meta)?,
                "en" => found.en = text(&meta)?,
                "intro_ja" => found.intro_ja = text(&meta)?,
                "intro_en" => found.intro_en = text(&meta)?,
                "label" => found.label = text(&meta)?,
                "sub_label" => found.sub_label = text(&meta)?,
                "department" => found.department = text(&meta)?,
                "owner" => found.owner = text(&meta)?,
                "classification" => found.classification = text(&meta)?,
                "sort" => found.sort = text(&meta)?,
                "icon" => found.icon = text(&meta)?,
                "keys" => found.keys = text(&meta)?,
                "groups" => found.groups = text(&meta)?,
                "compute" => found.compute = Some(meta.value()?.parse()?),
                "reckon" => found.reckon = Some(meta.value()?.parse()?),
                "managed" => found.managed = true,
                other => return Err(meta.error(format!("a ledger has no property `{other}`"))),
            }
            Ok(())
        })?;
    }
    let missing = [("code", &found.code), ("area", &found.area), ("ja", &found.ja), ("en", &found.en), ("label", &found.label)];
    for (name, value) in missing {
        if value.is_empty() {
            return Err(syn::Error::new_spanned(&input.ident, format!("#[ledger({name} = \"…\")] is missing")));
        }
    }
    if found.table.is_empty() {
        found.table.clone_from(&found.code);
    }
    if found.sort.is_empty() {
        found.sort.clone_from(&found.label);
    }
    Ok(found)
}

#[derive(Default)]
struct FieldAttrs {
    ja: String,
    en: String,
    help_ja: String,
    help_en: String,
    group: String,
    aliases: String,
    default: String,
    kind: Option<String>,
    max: Option<usize>,
    required: bool,
    unique: bool,
    search: bool,
    list: bool,
    computed: bool,
    read_only: bool,
    hidden: bool,
    create_missing: bool,
}

fn field_attrs(field: &syn::Field) -> syn::Result<FieldAttrs> {
    let mut found = FieldAttrs::default();
    for attr in field.attrs.iter().filter(|attr| attr.path().is_ident("field")) {
        attr.parse_nested_meta(|meta| {
            let name = meta.path.get_ident().map(ToString::to_string).unwrap_or_default();
            match name.as_str() {
                "ja" => found.ja = text(&meta)?,
                "en" => found.en = text(&meta)?,
                "help_ja" => found.help_ja = text(&meta)?,
                "help_en" => found.help_en = text(&meta)?,
                "group" => found.group = text(&meta)?,
                "alias" => found.aliases = text(&meta)?,
                "default" => found.default = text(&meta)?,
                "kind" => found.kind = Some(text(&meta)?),
                "max" => found.max = Some(meta.value()?.parse::<LitInt>()?.base10_parse()?),
                "required" => found.required = true,
                "unique" => found.unique = true,
                "search" => found.search = true,
                "list" => found.list = true,
                "computed" => found.computed = true,
                "read_only" => found.read_only = true,
                "hidden" => found.hidden = true,
                "create_missing" => found.create_missing = true,
                other => return Err(meta.error(format!("a field has no property `{other}`"))),
            }
            Ok(())
        })?;
    }
    if found.ja.is_empty() || found.en.is_empty() {
        return Err(syn::Error::new_spanned(field, "#[field(ja = \"…\", en = \"…\")]: both languages are needed"));
    }
    Ok(found)
}

fn kind_path(kind: Option<&str>, field: &syn::Field) -> syn::Result<proc_macro2::TokenStream> {
    let ty = &field.ty;
    Ok(match kind {
        None => quote!(<#ty as ::mamori_ledger::typed::FieldType>::KIND),
        Some("email") => quote!(::mamori_ledger::Kind::Email),
        Some("url") => quote!(::mamori_ledger::Kind::Url),
        Some(other) => {
            return Err(syn::Error::new_spanned(field, format!("kind `{other}`: only email and url can be chosen by hand")));
        }
    })
}

fn split(text: &str, by: char) -> impl Iterator<Item = &str> {
    text.split(by).map(str::trim).filter(|part| !part.is_empty())
}

fn expand_ledger(input: &DeriveInput) -> syn::Result<proc_macro2::TokenStream> {
    let LedgerAttrs {
        code,
        area,
        table,
        ja,
        en,
        intro_ja,
        intro_en,
        label,
        sub_label,
        department,
        owner,
        classification,
        sort,
        icon,
        keys,
        groups,
        compute,
        reckon,
        managed,
    } = ledger_attrs(input)?;
    let name = &input.ident;
    let Data::Struct(data) = &input.data else {
        return Err(syn::Error::new_spanned(name, "a ledger is declared by a struct"));
    };
    let Fields::Named(named) = &data.fields else {
        return Err(syn::Error::new_spanned(name, "a ledger needs named fields"));
    };
    let (mut declared, mut reads, mut writes, mut codes) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for field in &named.named {
        let attrs = field_attrs(field)?;
        let Some(ident) = &field.ident else { continue };
        let column = ident.to_string();
        let ty = &field.ty;
        let kind = kind_path(attrs.kind.as_deref(), field)?;
        let FieldAttrs { ja, en, help_ja, help_en, group, default, .. } = &attrs;
        let FieldAttrs { required, unique, search, list, computed, read_only, hidden, create_missing, .. } = attrs;
        let aliases = split(&attrs.aliases, ';').map(|alias| quote!(::mamori_ledger::private::Cow::Borrowed(#alias)));
        let max = attrs.max.map(|max| quote!(field.max = #max;));
        declared.push(quote! {{
            let mut field = ::mamori_ledger::FieldDef::new(#column, ::mamori_ledger::private::Words::new(#ja, #en), #kind);
            field.help = ::mamori_ledger::private::Words::new(#help_ja, #help_en);
            field.group = ::mamori_ledger::private::Cow::Borrowed(#group);
            field.required = #required;
            field.unique = #unique;
            field.search = #search;
            field.list = #list;
            field.computed = #computed;
            field.read_only = #read_only;
            field.hidden = #hidden;
            field.create_missing = #create_missing;
            field.default = ::mamori_ledger::private::Cow::Borrowed(#default);
            field.aliases = vec![#(#aliases),*];
            field.choices = <#ty as ::mamori_ledger::typed::FieldType>::choices();
            field.target = <#ty as ::mamori_ledger::typed::FieldType>::target();
            #max
            field
        }});
        reads.push(quote!(#ident: <#ty as ::mamori_ledger::typed::FieldType>::from_value(record.get(#column))));
        writes.push(quote!(record.values.set(#column, ::mamori_ledger::typed::FieldType::to_value(&self.#ident));));
        codes.push(column);
    }
    for (what, column) in [
        ("label", &label),
        ("sub_label", &sub_label),
        ("department", &department),
        ("owner", &owner),
        ("classification", &classification),
        ("sort", &sort.trim_start_matches('-').to_owned()),
    ] {
        let builtin = column.is_empty() || column == "id" || column == "created_at" || column == "updated_at";
        if !builtin && !codes.contains(column) {
            return Err(syn::Error::new_spanned(name, format!("{what} = \"{column}\": there is no such field")));
        }
    }
    let keys = split(&keys, ';').map(|set| {
        let parts = split(set, ',');
        quote!(vec![#(#parts),*])
    });
    let mut group_defs = Vec::new();
    for group in split(&groups, ';') {
        let parts: Vec<&str> = group.split(':').map(str::trim).collect();
        let [code, ja, en] = parts.as_slice() else {
            return Err(syn::Error::new_spanned(name, "groups = \"code:日本語:English; …\""));
        };
        group_defs.push(quote!(::mamori_ledger::GroupDef { code: #code, words: ::mamori_ledger::private::Words::new(#ja, #en) }));
    }
    let compute = match compute {
        Some(path) => quote!(Some(|record: &mut ::mamori_ledger::Record| {
            let mut row = <#name as ::mamori_ledger::typed::Ledger>::from_record(record);
            #path(&mut row);
            ::mamori_ledger::typed::Ledger::write(&row, record);
        })),
        None => quote!(None),
    };
    let reckon = match reckon {
        Some(path) => quote!(Some(|record: &::mamori_ledger::Record, field: &str| {
            #path(&<#name as ::mamori_ledger::typed::Ledger>::from_record(record), field)
        })),
        None => quote!(None),
    };
    Ok(quote! {
        impl ::mamori_ledger::typed::Ledger for #name {
            const CODE: &'static str = #code;

            fn def() -> ::mamori_ledger::LedgerDef {
                ::mamori_ledger::LedgerDef {
                    code: #code,
                    area: #area,
                    table: #table,
                    words: ::mamori_ledger::private::Words::new(#ja, #en),
                    intro: ::mamori_ledger::private::Words::new(#intro_ja, #intro_en),
                    label: #label,
                    sub_label: #sub_label,
                    match_keys: vec![#(#keys),*],
                    department: #department,
                    owner: #owner,
                    classification: #classification,
                    sort: #sort,
                    fields: vec![#(#declared),*],
                    groups: vec![#(#group_defs),*],
                    views: Vec::new(),
                    compute: #compute,
                    reckon: #reckon,
                    hooks: None,
                    icon: #icon,
                    managed: #managed,
                    companions: Vec::new(),
                }
            }

            fn from_record(record: &::mamori_ledger::Record) -> Self {
                #name { #(#reads),* }
            }

            fn write(&self, record: &mut ::mamori_ledger::Record) {
                #(#writes)*
            }
        }
    })
}

/// Declares a ledger. `#[ledger(code, area, ja, en, label, …)]` on the struct, `#[field(ja, en, …)]` on every field.
#[proc_macro_derive(Ledger, attributes(ledger, field))]
pub fn derive_ledger(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand_ledger(&input).unwrap_or_else(syn::Error::into_compile_error).into()
}

fn expand_choice(input: &DeriveInput) -> syn::Result<proc_macro2::TokenStream> {
    let name = &input.ident;
    let mut set_code = String::new();
    for attr in input.attrs.iter().filter(|attr| attr.path().is_ident("choice")) {
        attr.parse_nested_meta(|meta| {
            if meta.path.is_ident("set") {
                set_code = text(&meta)?;
                return Ok(());
            }
            Err(meta.error("only #[choice(set = \"…\")] belongs here"))
        })?;
    }
    if set_code.is_empty() {
        return Err(syn::Error::new_spanned(name, "#[choice(set = \"…\")] is missing"));
    }
    let Data::Enum(data) = &input.data else {
        return Err(syn::Error::new_spanned(name, "choices are declared by an enum"));
    };
    let (mut defs, mut codes, mut parses) = (Vec::new(), Vec::new(), Vec::new());
    for variant in &data.variants {
        let ident = &variant.ident;
        let [mut code, mut ja, mut en, mut meaning_ja, mut meaning_en, mut tone, mut alias] = [const { String::new() }; 7];
        for attr in variant.attrs.iter().filter(|attr| attr.path().is_ident("choice")) {
            attr.parse_nested_meta(|meta| {
                let property = meta.path.get_ident().map(ToString::to_string).unwrap_or_default();
                match property.as_str() {
                    "code" => code = text(&meta)?,
                    "ja" => ja = text(&meta)?,
                    "en" => en = text(&meta)?,
                    "meaning_ja" => meaning_ja = text(&meta)?,
                    "meaning_en" => meaning_en = text(&meta)?,
                    "tone" => tone = text(&meta)?,
                    "alias" => alias = text(&meta)?,
                    other => return Err(meta.error(format!("a choice has no property `{other}`"))),
                }
                Ok(())
            })?;
        }
        if code.is_empty() || ja.is_empty() || en.is_empty() {
            return Err(syn::Error::new_spanned(variant, "#[choice(code = \"…\", ja = \"…\", en = \"…\")] is incomplete"));
        }
        let aliases = split(&alias, ';').map(|alias| quote!(::mamori_ledger::private::Cow::Borrowed(#alias)));
        defs.push(quote! {
            ::mamori_ledger::ChoiceDef {
                code: ::mamori_ledger::private::Cow::Borrowed(#code),
                words: ::mamori_ledger::private::Words::new(#ja, #en),
                meaning: ::mamori_ledger::private::Words::new(#meaning_ja, #meaning_en),
                tone: ::mamori_ledger::private::Cow::Borrowed(#tone),
                aliases: vec![#(#aliases),*],
                hidden: false,
            }
        });
        codes.push(quote!(#name::#ident => #code));
        parses.push(quote!(#code => Some(#name::#ident)));
    }
    Ok(quote! {
        impl ::mamori_ledger::typed::Choice for #name {
            fn set() -> ::mamori_ledger::private::Arc<::mamori_ledger::ChoiceSet> {
                static SET: ::mamori_ledger::private::LazyLock<::mamori_ledger::private::Arc<::mamori_ledger::ChoiceSet>> =
                    ::mamori_ledger::private::LazyLock::new(|| {
                        ::mamori_ledger::private::Arc::new(::mamori_ledger::ChoiceSet {
                            code: ::mamori_ledger::private::Cow::Borrowed(#set_code),
                            choices: vec![#(#defs),*],
                        })
                    });
                SET.clone()
            }

            fn code(self) -> &'static str {
                match self { #(#codes),* }
            }

            fn parse(code: &str) -> Option<Self> {
                match code { #(#parses,)* _ => None }
            }
        }
    })
}

/// Declares a set of choices. `#[choice(set = "…")]` on the enum, `#[choice(code, ja, en, …)]` on every variant.
#[proc_macro_derive(Choice, attributes(choice))]
pub fn derive_choice(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand_choice(&input).unwrap_or_else(syn::Error::into_compile_error).into()
}
