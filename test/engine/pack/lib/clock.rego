# METADATA
# title: Instants
package lib.clock

instant(text) := nanoseconds if nanoseconds := time.parse_rfc3339_ns(text)

else := 0
