import ConnectorSpec
import OAuthModel

extension CalendarDate {
    /// The last second of the day as an `HTTP-date` (RFC 9110 §5.6.7), for `Sunset` (RFC 8594).
    var httpDate: String {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let number = day < 10 ? "0\(day)" : "\(day)"
        return "\(days[weekday]), \(number) \(months[month - 1]) \(year) 23:59:59 GMT"
    }

    /// 0 is Sunday (Sakamoto's method).
    private var weekday: Int {
        let offsets = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4]
        let year = month < 3 ? year - 1 : year
        return (year + year / 4 - year / 100 + year / 400 + offsets[month - 1] + day) % 7
    }
}
