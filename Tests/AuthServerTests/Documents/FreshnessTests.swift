import HTTPClient
import Testing

@testable import AuthServer

@Suite("how long a document may be used")
struct FreshnessTests {
    @Test(
        "G15 what the answer says of its freshness counts",
        arguments: [
            ([:], 300), (["cache-control": "max-age=60"], 60), (["cache-control": "public, max-age=60"], 60),
            (["cache-control": "max-age=60, s-maxage=10"], 10), (["cache-control": "s-maxage=120, max-age=60"], 120),
            (["cache-control": "no-store"], 0), (["cache-control": "no-cache, max-age=60"], 0),
            (["cache-control": "no-cache=\"set-cookie\", max-age=60"], 0), (["cache-control": "private"], 60 * 0),
            (["cache-control": "MAX-AGE=60"], 60), (["cache-control": "max-age=\"60\""], 60),
            (["cache-control": "max-age=60, max-age=30"], 30), (["cache-control": "max-age=-1"], 0),
            (["cache-control": "max-age=abc"], 0), (["cache-control": "max-age="], 0),
            (["cache-control": "max-age"], 0),
            (["cache-control": "max-age=60", "age": "20"], 40), (["cache-control": "max-age=60", "age": "90"], 0),
            (["cache-control": "max-age=60", "age": "-5"], 60), (["cache-control": "max-age=60", "age": "x"], 60),
            (["age": "100"], 200), (["cache-control": "max-age=604800"], 86_400),
            (["cache-control": "max-age=99999999999999999999999"], 86_400),
            (["cache-control": "max-age=99999999999999999999999", "age": "99999999999999999999"], 0),
            (["expires": "0"], 0), (["expires": "Thu, 01 Jan 2099 00:00:00 GMT"], 0),
            (["expires": "0", "cache-control": "max-age=60"], 60), (["cache-control": ",, ,max-age=60 ,"], 60),
            (["cache-control": "max-age=60", "vary": "*"], 0),
            (["cache-control": "max-age=60", "vary": "Accept-Encoding"], 60), (["cache-control": "="], 300),
        ])
    func seconds(fields: [String: String], expected: Int) {
        #expect(Freshness.seconds(of: DocumentsFixture.answer([], fields)) == expected)
    }
}
