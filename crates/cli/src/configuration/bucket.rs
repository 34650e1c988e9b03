//! The keys by which a section names a bucket: the same in each that may.

/// A section, as by `section!`, with the keys of a bucket between those `before` and those `after`,
/// and `fn s3` that answers what they say.
macro_rules! section_with_bucket {
    (
        $(#[doc = $about:literal])+
        pub struct $name:ident in $path:literal {
            before { $($before:tt)* }
            after { $($after:tt)* }
        }
    ) => {
        $crate::configuration::section::section! {
            $(#[doc = $about])+
            pub struct $name in $path {
                $($before)*
                /// The bucket, instead of a folder.
                bucket: Option<String> = "" [example "isms"],
                /// What all names in the bucket begin with.
                prefix: String = "" [example "muniment/"],
                /// The region of the bucket.
                region: String = "us-east-1",
                /// The address of the service, when it is not Amazon's.
                endpoint: Option<String> = "" [example "https://s3.example.org"],
                /// Whether the bucket stands in the path of an address, as many services other than
                /// Amazon's want it.
                path_style: bool = "false",
                /// The id of the access key. Without one, the environment or the machine is asked,
                /// as Amazon's own programs do (AWS_ACCESS_KEY_ID and so on).
                key_id: Option<String> = "" [example "AKIAEXAMPLE"],
                /// The secret access key.
                secret_key: Option<$crate::configuration::Secret> = "",
                $($after)*
            }
        }

        impl $name {
            /// The bucket, where one is named.
            fn s3(&self) -> Option<app::S3> {
                let secret = self.secret_key.as_ref().map(|it| it.reveal().to_owned());
                Some(app::S3 {
                    bucket: self.bucket.clone()?,
                    prefix: self.prefix.trim_matches('/').to_owned(),
                    region: self.region.clone(),
                    endpoint: self.endpoint.clone(),
                    path_style: self.path_style,
                    key: self.key_id.clone().zip(secret),
                })
            }
        }
    };
}

pub(crate) use section_with_bucket;
