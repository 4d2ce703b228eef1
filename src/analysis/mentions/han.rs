//! Where words end in a row of Han characters.

use icu_provider::{DataError, DataErrorKind, DataMarker, DataProvider, DataRequest, DataResponse};
use icu_segmenter::options::WordBreakOptions;
use icu_segmenter::provider::{
    Baked, SegmenterBreakGraphemeClusterV1, SegmenterBreakWordOverrideV1, SegmenterBreakWordV1,
    SegmenterDictionaryAutoV2, SegmenterDictionaryExtendedV2,
};
use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed};
use std::sync::LazyLock;

/// The segmenter's own data but for the dictionaries of Thai, Lao, Khmer and Burmese: only Han is ever asked for, and
/// they are 0.9 MB of the program.
struct HanOnly;

/// Hands a kind of data on as it is.
macro_rules! passed_on {
    ($($marker:ty),+) => {
        $(impl DataProvider<$marker> for HanOnly {
            fn load(&self, request: DataRequest<'_>) -> Result<DataResponse<$marker>, DataError> {
                DataProvider::<$marker>::load(&Baked, request)
            }
        })+
    };
}

passed_on!(
    SegmenterBreakGraphemeClusterV1,
    SegmenterBreakWordOverrideV1,
    SegmenterBreakWordV1,
    SegmenterDictionaryAutoV2
);

impl DataProvider<SegmenterDictionaryExtendedV2> for HanOnly {
    fn load(&self, _: DataRequest<'_>) -> Result<DataResponse<SegmenterDictionaryExtendedV2>, DataError> {
        Err(DataErrorKind::IdentifierNotFound.with_marker(SegmenterDictionaryExtendedV2::INFO))
    }
}

/// The segmenter, made when first asked for.
///
/// `None` never happens with the data that is compiled in.
pub(super) fn segmenter() -> Option<WordSegmenterBorrowed<'static>> {
    static SEGMENTER: LazyLock<Option<WordSegmenter>> =
        LazyLock::new(|| WordSegmenter::try_new_dictionary_unstable(&HanOnly, WordBreakOptions::default()).ok());
    SEGMENTER.as_ref().map(WordSegmenter::as_borrowed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use icu_segmenter::options::WordBreakInvariantOptions;

    #[test]
    fn han_is_cut_as_with_all_dictionaries() {
        let all = WordSegmenter::new_dictionary(WordBreakInvariantOptions::default());
        for text in ["中国人民大学的报告", "中國日報告訴記者", "港口管理局昨天说", "", "张伟abc，李娜"]
        {
            let own: Vec<usize> = segmenter().expect("data is compiled in").segment_str(text).collect();
            assert_eq!(own, all.segment_str(text).collect::<Vec<_>>(), "{text}");
        }
    }
}
