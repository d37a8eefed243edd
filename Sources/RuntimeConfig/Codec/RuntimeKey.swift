/// The members of one kind of object, in the order they are written.
///
/// The tables of ``Member`` and the checks between members name them so.
package protocol RuntimeKey: RawRepresentable, CaseIterable, Hashable, Sendable where RawValue == String {}
