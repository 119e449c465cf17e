// Signatures made by others: published in RFCs, and by three signers over one small RRset. Facts for tests, no code of
// ours had a part in them. It has nothing to do with live zones: owners are reserved names.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace vectors {

struct Vector {
  std::string_view maker;
  std::string_view owner;  // of the set that is signed
  std::string_view type;
  std::array<std::string_view, 2> data;  // "" where the set has one record
  std::string_view zone;                 // owner of the DNSKEY
  std::string_view key;                  // DNSKEY data
  std::string_view signature;            // RRSIG data
};

inline constexpr std::array signed_sets = std::to_array<Vector>({
    {"RFC 4035 App. B.6",
     "x.y.w.example.",
     "MX",
     {"1 ai.example.", ""},
     "example.",
     "256 3 5 AQOy1bZVvpPqhg4j7EJoM9rI3ZmyEx2OzDBVrZy/lvI5CQePxXHZS4i8dANH4DX3tbHol61ek8EFMcsGXxKciJFHyhl94C+NwILQdzs"
     "UlSFovBZsyl/NX6yEbtw/xN9ZNcrbYvgjjZ/UVPZIySFNsgEYvh0z2542lzMKR4Dh8uZffQ==",
     "MX 5 2 3600 20040509183619 20040409183619 38519 example. OMK8rAZlepfzLWW75Dxd63jy2wswESzxDKG2f9AMN1CytCd10cYISA"
     "xfAdvXSZ7xujKAtPbctvOQ2ofO7AZJ+d01EeeQTVBPq4/6KCWhqe2XTjnkVLNvvhnc0u28aoSsG0+4InvkkOHknKxw4kX18MMR34i8lC36SR5xB"
     "ni8vHI="},
    {"RFC 5155 App. A",
     "example.",
     "DNSKEY",
     {"256 3 7 AwEAAaetidLzsKWUt4swWR8yu0wPHPiUi8LUsAD0QPWU+wzt89epO6tHzkMBVDkC7qphQO2hTY4hHn9npWFRw5BYubE=",
      "257 3 7 AwEAAcUlFV1vhmqx6NSOUOq2R/dsR7Xm3upJj7IommWSpJABVfW8Q0rOvXdM6kzt+TAu92L9AbsUdblMFin8CVF3n4s="},
     "example.",
     "257 3 7 AwEAAcUlFV1vhmqx6NSOUOq2R/dsR7Xm3upJj7IommWSpJABVfW8Q0rOvXdM6kzt+TAu92L9AbsUdblMFin8CVF3n4s=",
     "DNSKEY 7 1 3600 20150420235959 20051021000000 12708 example. AuU4juU9RaxescSmStrQks3Gh9FblGBlVU31uzMZ/U/FpsUb8a"
     "C6QZS+sTsJXnLnz7flGOsmMGQZf3bH+QsCtg=="},
    {"RFC 5702 §6.1",
     "www.example.net.",
     "A",
     {"192.0.2.91", ""},
     "example.net.",
     "256 3 8 AwEAAcFcGsaxxdgiuuGmCkVImy4h99CqT7jwY3pexPGcnUFtR2Fh36BponcwtkZ4cAgtvd4Qs8PkxUdp6p/DlUmObdk=",
     "A 8 3 3600 20300101000000 20000101000000 9033 example.net. kRCOH6u7l0QGy9qpC9l1sLncJcOKFLJ7GhiUOibu4teYp5VE9Rnc"
     "riShZNz85mwlMgNEacFYK/lPtPiVYP4bwg=="},
    {"RFC 5702 §6.2",
     "www.example.net.",
     "A",
     {"192.0.2.91", ""},
     "example.net.",
     "256 3 10 AwEAAdHoNTOW+et86KuJOWRDp1pndvwb6Y83nSVXXyLA3DLroROUkN6X0O6pnWnjJQujX/AyhqFDxj13tOnD9u/1kTg7cV6rklMrZD"
     "tJCQ5PCl/D7QNPsgVsMu1J2Q8gpMpztNFLpPBz1bWXjDtaR7ZQBlZ3PFY12ZTSncorffcGmhOL",
     "A 10 3 3600 20300101000000 20000101000000 3740 example.net. tsb4wnjRUDnB1BUi+t6TMTXThjVnG+eCkWqjvvjhzQL1d0YRoOe"
     "0CbxrVDYd0xDtsuJRaeUw1ep94PzEWzr0iGYgZBWm/zpq+9fOuagYJRfDqfReKBzMweOLDiNa8iP5g9vMhpuv6OPlvpXwm9Sa9ZXIbNl1MBGk0f"
     "thPgxdDLw="},
    {"RFC 6605 §6.1",
     "www.example.net.",
     "A",
     {"192.0.2.1", ""},
     "example.net.",
     "257 3 13 GojIhhXUN/u4v54ZQqGSnyhWJwaubCvTmeexv7bR6edbkrSqQpF64cYbcB7wNcP+e+MAnLr+Wi9xMWyQLc8NAA==",
     "A 13 3 3600 20100909100439 20100812100439 55648 example.net. qx6wLYqmh+l9oCKTN6qIc+bw6ya+KJ8oMz0YP107epXAyGmt+3"
     "SNruPFKG7tZoLBLlUzGGus7ZwmwWep666VCw=="},
    {"RFC 6605 §6.2",
     "www.example.net.",
     "A",
     {"192.0.2.1", ""},
     "example.net.",
     "257 3 14 xKYaNhWdGOfJ+nPrL8/arkwf2EY3MDJ+SErKivBVSum1w/egsXvSADtNJhyem5RCOpgQ6K8X1DRSEkrbYQ+OB+v8/uX45NBwY8rp65"
     "F6Glur8I/mlVNgF6W/qTI37m40",
     "A 14 3 3600 20100909102025 20100812102025 10771 example.net. /L5hDKIvGDyI1fcARX3z65qrmPsVz73QD1Mr5CEqOiLP95hxQo"
     "uuroGCeZOvzFaxsT8Glr74hbavRKayJNuydCuzWTSSPdz7wnqXL5bdcJzusdnI0RSMROxxwGipWcJm"},
    {"RFC 8080 §6.1 (erratum 4935)",
     "example.com.",
     "MX",
     {"10 mail.example.com.", ""},
     "example.com.",
     "257 3 15 l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4=",
     "MX 15 2 3600 1440021600 1438207200 3613 example.com. oL9krJun7xfBOIWcGHi7mag5/hdZrKWw15jPGrHpjQeRAvTdszaPD+QLs3"
     "fx8A4M3e23mRZ9VrbpMngwcrqNAg=="},
    {"RFC 8080 §6.1, second (erratum 4935)",
     "example.com.",
     "MX",
     {"10 mail.example.com.", ""},
     "example.com.",
     "257 3 15 zPnZ/QwEe7S8C5SPz2OfS5RR40ATk2/rYnE9xHIEijs=",
     "MX 15 2 3600 1440021600 1438207200 35217 example.com. zXQ0bkYgQTEFyfLyi9QoiY6D8ZdYo4wyUhVioYZXFdT410QPRITQSqJSn"
     "zQoSm5poJ7gD7AQR0O7KuI5k2pcBg=="},
    {"RFC 8080 §6.2 (erratum 4935)",
     "example.com.",
     "MX",
     {"10 mail.example.com.", ""},
     "example.com.",
     "257 3 16 3kgROaDjrh0H2iuixWBrc8g2EpBBLCdGzHmn+G2MpTPhpj/OiBVHHSfPodx1FYYUcJKm1MDpJtIA",
     "MX 16 2 3600 1440021600 1438207200 9713 example.com. 3cPAHkmlnxcDHMyg7vFC34l0blBhuG1qpwLmjInI8w1CMB29FkEAIJUA0a"
     "mxWndkmnBZ6SKiwZSAxGILn/NBtOXft0+Gj7FSvOKxE/07+4RQvE581N3Aj/JtIyaiYVdnYtyMWbSNyGEY2213WKsJlwEA"},
    {"RFC 8080 §6.2, second (erratum 4935)",
     "example.com.",
     "MX",
     {"10 mail.example.com.", ""},
     "example.com.",
     "257 3 16 kkreGWoccSDmUBGAe7+zsbG6ZAFQp+syPmYUurBRQc3tDjeMCJcVMRDmgcNLp5HlHAMy12VoISsA",
     "MX 16 2 3600 1440021600 1438207200 38353 example.com. E1/oLjSGIbmLny/4fcgM1z4oL6aqo+izT3urCyHyvEp4Sp8Syg1eI+lJ5"
     "7CSnZqjJP41O/9l4m0AsQ4f7qI1gVnML8vWWiyW2KXhT9kuAICUSxv5OWbf81Rq7Yu60npabODB0QFPb/rkW3kUZmQ0YQUA"},
    {"ldns-signzone 1.8.3",
     "www.t.example.",
     "A",
     {"192.0.2.1", "192.0.2.2"},
     "t.example.",
     "256 3 5 AwEAAeKCxrNxb2+QE92iuUHL6uro54t2F6GAa6BezYrnhE4qiV/Jg2AgcPo+dM9GLgyc5K4dMlo6FAq/IAIOvv+VRZe7AKUjX08jehf"
     "8iLnNdmcPTmwC8llbk5yk3+m5AVPHHapm+Y48ZziJ/XAiDVxuU/K20Bfci79niL6cEC9NIo6r",
     "A 5 3 3600 20340101000000 20240101000000 23886 t.example. xWJU7BuAL2q2/AOO+AMvew8a5JZBmbrsNMyKH6wfFzFoDm+iG3Pjr"
     "lbpVY8JMluOeOcK8PRcK6f+blQXcFbk24QwBzxb17i3U0zO5oqIEsTht8sR3MY5lHRdXawCWDe6jsIlT8ThWsoEA6/GNjlHfWweVLITmIcE+qZV"
     "Z4NfVR0="},
    {"dnssec-signzone 9.18.49",
     "www.t.example.",
     "A",
     {"192.0.2.1", "192.0.2.2"},
     "t.example.",
     "256 3 5 AwEAAZVzdgebjKM6ieMseCGrF9VeiI9hxFiQ4LE0a2Aef7mx4rD+gFYiv8iohSv0LN/SY44hMuQ06SyROSw4wQ5Ay92GGg4CNoTE2pF"
     "3DyMO09bDCnuQ8vqBNX7bPiT+EIuqjMgTr5RNgKk20DmBurCYDeFykl0InwI4W8TJrVotfWih",
     "A 5 3 3600 20340101000000 20240101000000 31980 t.example. eFk0V8obMOLmlIRKFFaOxnHtAKl3tPE7yis9zSN9ZrPxdK6X7BG7N"
     "P6+6oiMTssEGdiSakx5sytG9aud7AKO3IPqmHUsVsW1uzvP9yzf7i4l6ji1QUO7Fder3uHrbPw3YRCMAt1HyRfR2vTKi2GxO34OkL8/4Suul9Q9"
     "0piUWro="},
    {"knotd 3.2.6 (GnuTLS)",
     "www.t.example.",
     "A",
     {"192.0.2.1", "192.0.2.2"},
     "t.example.",
     "257 3 5 AwEAAZoRDj4B9E60MFHdGbsZ1cWoYJ/wRJfIxVGISEG3lU5hjJVv5y1bWXS6PkdeIRxmxoY+Jp3E7FdWuZLhzYy2n2sC0vJa5fWOtZX"
     "gAlEGjGg3y0B9VpzKeAE3mg+yDSLlKNpwIbHBwN+oZig59wjHKxZtr9uG1FB4M+nyeAyNkwGD",
     "A 5 3 3600 20350210062906 20261124045906 12616 t.example. fBHVK6QkKKt5rNXZYJt0TFaZX9Ne7GHZ950l+1oFcmZrv23ryLbtw"
     "PQixJ78Q4ILRwr3JHSWHBl10nRJhYUb+bTmWJnPv8Us/iW6GOyy6rUThZWMZr+oabAoH8kou8Qbw1LkSYnSWoJys1DWUNIv3BHNdeaxmk3Yi6hT"
     "fNiJeDM="},
    {"ldns-signzone 1.8.3",
     "www.t.example.",
     "A",
     {"192.0.2.1", "192.0.2.2"},
     "t.example.",
     "256 3 7 AwEAAcEwRMJo1EYxckKffms1zZUHnwM6Pt5QxlP17sMPNevD5C+7Aw51qJ4x3wTpTFuSgOC5XkukXL0eFfNxmes2Ak1mWQAhrXl/DmV"
     "Iw32C5NLlnN3aMHaJDmgRoPM6BGZjNeeQhNxTIpxUIGJJV5LaczF/GFc2FWwzamfqz0jL7Zv9",
     "A 7 3 3600 20340101000000 20240101000000 25649 t.example. V2X/nDAsV0JUqauzJkTWxd/l1HR5oviGB42qjY1xwr3XLkR4lw3t/"
     "xZy1EGeYosDM2d8mrqpdJ9Yz6BgGJ4WE24ryzoVPUgINzgr8KQiZP9F9rKOpiQ+jivkTuv68+Sy1tEwIzTDBc5uS4tvvxFaGWKSvs3yiO+b/yP7"
     "wnLfOY4="},
    {"dnssec-signzone 9.18.49",
     "www.t.example.",
     "A",
     {"192.0.2.1", "192.0.2.2"},
     "t.example.",
     "256 3 7 AwEAAbqsB1fYdNDvtwX+5LEDOu96008hhng7mIOCgWQXDDCBejDGFUahTItefkJIOJ2LHf697UOZd+2uPd/79gpqRc40gb2Kzv3vixo"
     "iLgrtTIRW1KyBg0OWdgW4iT+qpKXABnZ3HU5uFLmnevk+KSOtbWl5RzQHdms30cjY/K1UNWOz",
     "A 7 3 3600 20340101000000 20240101000000 55227 t.example. aki918m52Rnxamwbar6X/SlBoErm8Zb78buMeNwHjprRtw3IaAXOF"
     "EdGh2+T+s4V5lzSqxbdySLpo7LyrF/mOeR0OwbXtgtqavbzc+5uDTt5jPmilwDtRGtodjBHoOcq9hfVggw03sXUHyb5UJ2lJmyltgTEy/fWtnGO"
     "g7zmi2Y="},
    {"knotd 3.2.6 (GnuTLS)",
     "www.t.example.",
     "A",
     {"192.0.2.1", "192.0.2.2"},
     "t.example.",
     "257 3 7 AwEAAe4qdsGdL15DDqPYiVulibFMZ7Kk1WSV9lT3rdDPf0Dv3RZ4qRdk/Jx9MLfaThfXrqWOTkOoImxrr/TwGEkQrGMXpkxVBY1qaNI"
     "CjvdwSm8tZsZtGl1W6x6S8RRnbGm7BjkLry6nF7E/JG7LETDo1znryq9I3bAkpHDztCtpayFf",
     "A 7 3 3600 20350210062910 20261124045910 39175 t.example. 69J9hVNru1nCS5zFTkP8sqnMYiOU0+R/olaICro2TiYmxTUDjxIap"
     "fqLspkQMzG222Jk/XENfSK0AubiYdnnIsn5OkDVe8fAqWbq7OkP73dVjCTmqcjhm8ocopgb11pnKMdw4n2vOiuV9Wi1KFOiMYQSlKhooEWwWpDj"
     "XYLpeM0="},
    {"ldns-signzone 1.8.3",
     "www.t.example.",
     "A",
     {"192.0.2.1", "192.0.2.2"},
     "t.example.",
     "256 3 8 AwEAAd3nLI7qL+92R8ABNmcXUrx8885lGTAq0HQ3BTpoZuZPxR9RTiYo3Qs+RpnddjF4EPtuWj2qk4bi//VDuOtcuEEv83SKDAIpEPx"
     "j1WvDdYeNXavbf2fxNwsRhUeP4pk59PYnRZH5XqQL6aG9eWMcJDRJ/aVHq7Bq6uCm1YIDLTE/AM0OfwbyM6tUAQ9efP8HOVK5fSuWISMDmplSYp"
     "InV5dUHhxrvs1p9jhceVFwcMl3GjI1xkGigSLWUPCnk2b6HvLfD0yLPr66RumqpPg4SSIsa1jSDpsVQDMCD5pZtZn9ZbnjRr0sD+nmTznJdppR4"
     "sJXdmKiPHZF2LRWTdpHSoc=",
     "A 8 3 3600 20340101000000 20240101000000 20401 t.example. Hqb4YsQf5NLaegyOkE1hBZN/RIkEuYW9xfUT1a4cPl19XjtBjCcLN"
     "IPXrXqcl4wVqr+oeKk/q7y+eejQ/R9zR5dJMno09Wp7SSsq4aiLQIzL//kRcWuy/Mm/Ue6Iar12742HatY/Hy3lzO2LWjAQ1kJ58F6cYelxPvCE"
     "8XuDZ/JAQbpkdm6ff54SV07ra1pUhZT/5pAs/EqVeks7CqMHsvO9uOBpVW7p5ntzZERCoBD8EVShACE4nYWVwKuA/D9lhAx+U9gijwfaQhIavfx"
     "lnE40KRrKjPCMGs7e4vxZutIAkioWbZDF2saPctetXrb3T/KR8DyQSFplz1JR+BXsjQ=="},
    {"dnssec-signzone 9.18.49",
     "www.t.example.",
     "A",
     {"192.0.2.1", "192.0.2.2"},
     "t.example.",
     "256 3 8 AwEAAc+J2x6MpRO6eoP9W5bSvHAYr6eQV7w89Hd8Nm1JzNYbc7da4gdA/VjruDBnv7aY2KzYdJoGc/vfWT5Lezk3bFdhsSf5rZB81Cl"
     "SXRWM4aYrk3KKwHsHjs3WnsQUM5ehGavL6fXVdfIjrwtUvS9BVYZuE5ZyvEfHViuOEC5qeNlVnAX7o6AUOGuc5gw9XX9p2hhi+Ms/cx9tkFf0mN"
     "PN00M=",
     "A 8 3 3600 20340101000000 20240101000000 25899 t.example. EbUvpRc3NzO7Ju6g2I1YruvF1IblMlW+WhLEvD6BuMeyJx8GyvqB1"
     "PqIS2bfvdcwWYwYLLMnETh0clX/CqeGQIEkKrOYcPai/ce5lMa9epVqMNZ2O03DRF07KKn8ccdJXBO0fl9IVWg7yvNcVK/H0k6FUIUWG0/nk8VW"
     "IfuqFi+yYYVOaCzFrh7xTvYUWWDeXpfTlT6Afk64nXgYRnu4og=="},
    {"knotd 3.2.6 (GnuTLS)",
     "www.t.example.",
     "A",
     {"192.0.2.1", "192.0.2.2"},
     "t.example.",
     "257 3 8 AwEAAdp49CK6/z3W0K2VlDQmoiiHPvSESQFyw3K562GI0zCk1qs7bbA+NGojNzB1BWdQY1lRDB2UPSSW0Ai7pvn/eKmw9J5Pk6xZqZp"
     "Cymg7C4LLuh7b6zrk3hd6gz4KXGIJwOqDPON1JwbS6ltZAfE7/LTGaQnJHF5vQgrNaKpxyI4l9ZA8TQMCKuusmhzbmbGgSJ03FUrI3N/Pidloig"
     "N3yEu3rT/A66ot+QkMewhDI0m7VfPvDoSvVPPFoLW+/zJCYsHOLCuMIySm4IrGR6L6kSonEHWDiaUaXAHICt1iVUtuzABb+aPW7egs341BFvLZP"
     "S+HOkewDzOeZJD4Ar8vJvU=",
     "A 8 3 3600 20350210062915 20261124045915 51935 t.example. jOcv6blNPr25q+OMieGRLPweFrN8PUHP3GtbUMfKLXyjIMwvp469O"
     "o3V5SDtxspxTjB5bkZuiGYunnPMJ8So4xJZ8Fnviw2qANcsnRVxd1JUPTKHEx8t8PX0qFRDbVBwOAeMITl5WeNGyDwEtHW95rL8NLz3kURnPSEq"
     "kRU+bpXEV9GWLxRT33fQWkXpUgd8riEzJrZJHt8QmVUeT7+vv5hlEO/08unsocLmj1bMK5/JjsGRgYNq8hzLcdahmpng1GqhjrxUUdMZicQDok2"
     "ueukZl6Atirj6ha8SqYU8rebwKwxkG65KPciJ3ej1cZhRzIXMMaRrALMpQNsODjVjHw=="},
    {"ldns-signzone 1.8.3",
     "www.t.example.",
     "A",
     {"192.0.2.1", "192.0.2.2"},
     "t.example.",
     "256 3 10 AwEAAbKbil5ABDi41o+Mg1oKUD5dhsceAoTQ7ypsA4Ul5H26OCMF8ejOm9MRGVTkO12U5b+SP3I2QzgCevLCZpOA3Y8bhsQe2DXKAi"
     "RC5j5j4GMZDox0IQqkfg2YUete8oMrFJYQb4i3tVSVNztyst61ehzfuhlpp+23lCU/Ho61xwkyqDjQx0Qv+KT8P0kj4NnDd2QqLx6/clo5suROK"
     "neCJVhDZH2jZbdkXnOeMi+gX9/g2kiX/xpqyCcxYiCz4gbGXTQKt17PxJEeTN5bpQWc1Yc6uY7Ew3mwUmsVyaMFbzh3lXW6VTS0J+SaZDQDTq92"
     "k1MPaUay/y/xUsGHxo0BUzk=",
     "A 10 3 3600 20340101000000 20240101000000 7521 t.example. j9DHUKhV6GCFcHxLLKof0y/1xjaySr1gxPtaBcBaHtwCye+OEBRpo"
     "57MPQr6FMzSZ098of3hKaJYMO5imiEwLTw7Wqh8BiOUKhcH8EjJzhHic7oncemmX2Abe4Vfwca2z9q1uL1N40j/FzinBlSVBz5BoHXB/qqzkXjt"
     "NouOmcevYJyhiTZXUP2+YDP7FIDX6RRJHz3zp8+vedIkArxbLeXYH7ETmg3Qindhmn+ljPfd8ODgA3TY8Ber0wbL3Rdmh8JNW8ht4LmiJtQA6Bx"
     "FWnoPoFZiQl8jOEwAZNwOWvK3r/yHbU0wJB8W0WXYSoE2oV5WkSAbrEk0aQD29BLLvg=="},
    {"dnssec-signzone 9.18.49",
     "www.t.example.",
     "A",
     {"192.0.2.1", "192.0.2.2"},
     "t.example.",
     "256 3 10 AwEAAcknOL8Br1yAQI3IHhHvRCKRJ/7IyDk4E9O7A7pHNdqWyaiVzMHCwEZEr5mHexlClJspFFyyWAR/Yi7pJay5jipeM6ED5xozv/"
     "rxgo6L6qUVMq8cNthTBr4eXYcKP8wCB4AbTSt9vVgRSXGAVaOgaBOiq44Z9RUWnAGXROVqMoe3",
     "A 10 3 3600 20340101000000 20240101000000 33930 t.example. i/WB9kzZswEEWNZmQoWXZcvhE6gH7IP/3TVkJD0dX1ysnTJQIhvM"
     "9x5cJKpGJFtvRjOapPg0sel7OG66rCMlP9ej6PHZ8MhWtzv3Aji2fZos9B/F1Ta6b/VpEtzeVGmNWF58KacU9eBtJfTCg0FNKvTFFvnBV6GaY9Q"
     "vnIGsKb8="},
    {"knotd 3.2.6 (GnuTLS)",
     "www.t.example.",
     "A",
     {"192.0.2.1", "192.0.2.2"},
     "t.example.",
     "257 3 10 AwEAAbK8FO1xGSpevwVxcIoudV3LE0SZUbkTVQIQDA+DNxwNALp6vyOmjeu1iWGnQWHk2H6NbZylB2QXsI2UfClVd++iq+xfModzNI"
     "FBxwcvrsqw6HW8wjDvOtY+Q5R/k3X2cy2APFB+eLqq9ajRt4cWe9jE/9XSegThQeRQ19hbf4Vh",
     "A 10 3 3600 20350210062919 20261124045919 59358 t.example. F3I/HWtymXKdUs15WqTrzt6XYjfT6gRdKh86KY3rz1/lB50cTU/M"
     "FUU9NQxuzEVXDTS767BgM8H0v2DpUfGfX51zUl5CRlS3o/kylO9yVUeL7IIzeNjov6ks/zPxiOAHpgoKDL4BWEJTSPfv42eYrtJS9aUYUj/oyM4"
     "Ff8hQdG8="},
    {"ldns-signzone 1.8.3",
     "www.t.example.",
     "A",
     {"192.0.2.1", "192.0.2.2"},
     "t.example.",
     "256 3 13 W0tTT7SHENKvjVq9pVJ51J8xTb9N1SYdBAVMGUsQIaIyB53Umw+801KPcKe0cuToksYnO6AT9gxtOly+ftNWqA==",
     "A 13 3 3600 20340101000000 20240101000000 13072 t.example. WAocdc7DlnPtI9mKDAJ5v2GFqop8RPPCOgBPkFqT882lCI0yQbG7"
     "N2bbq15gDg9GxScHcmPdaqtGOHRp7uWb+g=="},
    {"dnssec-signzone 9.18.49",
     "www.t.example.",
     "A",
     {"192.0.2.1", "192.0.2.2"},
     "t.example.",
     "256 3 13 12W1Zo2K9kS0THhV7C0CNthbiaTbDy0E0zb1VmPJWKl01oOntWPSFGK4q1Bp8sLyfGRA2qPB9+OhmpJEafLyWQ==",
     "A 13 3 3600 20340101000000 20240101000000 49848 t.example. hfakLnguJE61JgdkF/vf5Bv0IHAFXx78wRfWwnajZ8oP3XEHpwMC"
     "JTpOKqxJqq4ZL1ZVGSL3BKp3R4Exd3mw3w=="},
    {"knotd 3.2.6 (GnuTLS)",
     "www.t.example.",
     "A",
     {"192.0.2.1", "192.0.2.2"},
     "t.example.",
     "257 3 13 TpOuSZCpZRbCdjVRdC0q5V+SgizUXU3H3Q1EUhvWmgJmKvha8ZLT2OtghEdjTDSLebINQPM8X0yFSBX8HkW+hw==",
     "A 13 3 3600 20350210062923 20261124045923 58784 t.example. cRn9wvH240RE0ptj2VP3Ult8BnEg0qQBITK8qfHgAwAYfy9XWco2"
     "+9jA+AoxYtmrCqsjzTBGoft/gHdmDAY9cA=="},
    {"ldns-signzone 1.8.3",
     "www.t.example.",
     "A",
     {"192.0.2.1", "192.0.2.2"},
     "t.example.",
     "256 3 14 99x1vlWb39qGWmKbrMm6/X0/S19sqfS8AC+GlATzSs8Z533gW+rxuV6sKNHCzKIjSymrTnMKE/WspJCaIYr69kiHH0sfPIt7PZh8aF"
     "74ZiofO3uxyCSPsznXjcWipJOO",
     "A 14 3 3600 20340101000000 20240101000000 9148 t.example. 12m1xw0mQkvTPz4+SWfPyWZVUTARQjN5tP4ibCGMnbkgfoRzOF5Xe"
     "RD05y5DVnmHRB32htdIZ/dXCRvDc2aZOUlkOxGCEvP6SjUsSYZC5pIRz8Kzqw80LVZ6pQx4bUl5"},
    {"dnssec-signzone 9.18.49",
     "www.t.example.",
     "A",
     {"192.0.2.1", "192.0.2.2"},
     "t.example.",
     "256 3 14 XaAYuMZ6Lfc3ksCxv2yf/dkf0CC20Dgaet7lItumPmPCaJ3IPUfCbpQMZbubfOkXpwUX8RjnXIDMXqk7FvtdpUFKgQMbo1/G6Dym1E"
     "TeF/RfZiLulJr0x1OWBtCn5rIo",
     "A 14 3 3600 20340101000000 20240101000000 48994 t.example. K0ntSKFzDDpyZYaRxyIONHisTsAvn/hfrcgGMXz8P7Q3aP8gFemW"
     "osnaRN/CAsAA4BVly4w3iPCCBsbZnRyfFVcaeysQk9/MK4jALS83ExFd5Yo+NwrCjsEHjpwtV56D"},
    {"knotd 3.2.6 (GnuTLS)",
     "www.t.example.",
     "A",
     {"192.0.2.1", "192.0.2.2"},
     "t.example.",
     "257 3 14 dfoLzjaQgew44slSNwIZp0ZAsYcf9bpjnCSRqnLe5gbIvU3M0dhaWv7MNo+MS+aVIsJ9TH67UFqlq3z295QTqLk4t3QHuNvZQQmQAu"
     "MuWAwQqMQuRDub87J8WE6R98rj",
     "A 14 3 3600 20350210062928 20261124045928 61240 t.example. S2VwSUz9TB8+4fFqaNrHNNP5J/GOHglXoQmaQVVAc1QkRJLoRVqZ"
     "8JXUlDp8Lf00mEkujErT0WlaKrTDJ6lFT2umU0dKZajttLC4rLlBhsmxy5eN/rV9PUU1C8S5WE65"},
    {"ldns-signzone 1.8.3",
     "www.t.example.",
     "A",
     {"192.0.2.1", "192.0.2.2"},
     "t.example.",
     "256 3 15 K6GhjJ6OMJC61LlipCMAA7tRHjgpNmdEbYlSm3ZBS+s=",
     "A 15 3 3600 20340101000000 20240101000000 42255 t.example. pSOOstXQJYh5R/lJpsR2WeBMQNJcRXDSugfBtuNELov089ezkveO"
     "1d8EG/15adNNzUcyQwKil+yKsOdLjCXXAA=="},
    {"dnssec-signzone 9.18.49",
     "www.t.example.",
     "A",
     {"192.0.2.1", "192.0.2.2"},
     "t.example.",
     "256 3 15 4QD2eLrX83f9VHmWiMHYnAhaREV+3f4Ucmr43Sl/2lA=",
     "A 15 3 3600 20340101000000 20240101000000 39628 t.example. KNaGnxvSOgRaF2R9H40/gyynwHvuvRAXPyZ+9iP18NQ8OZtj0NMa"
     "BhUVoMw1IJxxeBjiwgvNclwf1hEC0ALHCg=="},
    {"knotd 3.2.6 (GnuTLS)",
     "www.t.example.",
     "A",
     {"192.0.2.1", "192.0.2.2"},
     "t.example.",
     "257 3 15 T1yzBLzcqdSbpImUeUoFHKP4n7cdv0yikW+5qu0b6kg=",
     "A 15 3 3600 20350210062932 20261124045932 57682 t.example. H68f7dofKH58ZGQ10ng20mbAda9dvBKTT0v4a72Yg08a6r3Zyo8H"
     "b+Mi4tUmLorInVWCXGQQ5mtMT7yp2+9jCA=="},
    {"ldns-signzone 1.8.3",
     "www.t.example.",
     "A",
     {"192.0.2.1", "192.0.2.2"},
     "t.example.",
     "256 3 16 LbGitjF3t4E4zl2LXBUa3qHS/Td4E5hWB3ojKuw7VS9IhVFslkNvGcUQJX1hZLATqbOE4hEfgmgA",
     "A 16 3 3600 20340101000000 20240101000000 17332 t.example. mIzmemh/ji9IP+AepLU9GtybHAaTQb+H2TEyH5g0ZUG4smbVIoTe"
     "MiVquFY96CI6KX8NBsudLe2AAaw+fv7ppuHY1Gzqwi7XyWlkyrDTmkhIZ/iTikHQk6K9IKvA0JKQlvsZBbmATZLPoN3Im5LE4SkA"},
    {"dnssec-signzone 9.18.49",
     "www.t.example.",
     "A",
     {"192.0.2.1", "192.0.2.2"},
     "t.example.",
     "256 3 16 pmcju6fNmqu03YTZ0oI4LcDt6xsLF96+/4g3iDA0G2yTYmkpcEZ4c26Wh4Zjz/AY/krg/P9PWgEA",
     "A 16 3 3600 20340101000000 20240101000000 54664 t.example. 3psDkccU/FsTVj4jfg7H4f+3qr7PL1DHfrblyijOWbUu2rDVK9LG"
     "EZk4m2ChJgA70mqSFS8B8BgAk96jXW4mi+FXnpioPhj8Bon4Gb0TBqXsSbNrGRwYvAy6FiiKHIO5QXSuHCxKM9shlRZwPcylYycA"},
    {"knotd 3.2.6 (GnuTLS)",
     "www.t.example.",
     "A",
     {"192.0.2.1", "192.0.2.2"},
     "t.example.",
     "257 3 16 spvfhLK/Ip4O7/bh7dzAZV9gLZzSj8dcF8JbOKgFocrFV6uj0DsThL9Fhh1czuK9dAP7NbM31reA",
     "A 16 3 3600 20350210062936 20261124045936 22059 t.example. PdmieHWOJ1j3QWdQ8Mhw+84d7EK4Qg+ejoNWIzb9j1djWLYi8AXk"
     "RS81TzqVNGT7JYerBh1dwC6AtrVZdM3WOkf5vYv8QRRr7nvnqYVGuxkwZeKIQPxchfCpnpBsLXJFfbbhkSjqIEw2RRCwAOGv5RcA"},
});

// RSA keys at the edges of what is accepted, each with a signature over "limits of RSA" that is right by the arithmetic
// (made with nothing but Python's integers, and checked there): outside, it is the limit alone that refuses.
struct RsaLimit {
  std::string_view what;
  std::uint8_t algorithm;
  enum class Limit : std::uint8_t { inside, outside } limit;
  std::uint32_t bits;
  std::string_view exponent, modulus, signature;  // hex
};
using Limit = RsaLimit::Limit;
inline constexpr std::string_view rsa_limits_data = "limits of RSA";
inline constexpr std::array rsa_limits = std::to_array<RsaLimit>({
    {"the least of algorithm 8", 8, Limit::inside, 512, "010001",
     "cdb3c51e4d8f9ca4eb62bd8c34370a252aef622183d9fbf58422216ed056da7a7933be3e13505da07a8967e56fe22d3838bea561081267"
     "40cd1d3605374c15e7",
     "9173681ac76761f7f23b345e4677cc2e88572f42cc03e5de446dd87ac0bbfdd2a8a6e4227c39b1fcb2a40231652628c801ebbc724d2b6a"
     "2586fee364707dbe67"},
    {"one bit below", 8, Limit::outside, 511, "010001",
     "5dd2c70ecf8dcc487ae7c7a2bae43d4cdd3cbb886773ec316a036f20b90c9d778b053c2fb09a7da8e2d6de759a5f60be0b286dfc399601"
     "4442977e9e363b7089",
     "32d7274ddcd53f35f81837f28fb4cb7b7522be5903a0bbdbaa02801cc0039bc54769f553cfa43a702e6b6c20553ad272284f16468551db"
     "c1028e0ba88b853e74"},
    {"the least of algorithm 10", 10, Limit::inside, 1024, "010001",
     "a6cce36d8f6841fd3b8b9618666f8d7981cf69ed968004bbab583b259a97310460f0996a3acea2bef0254b390a467290b4f28e8acdf75f"
     "0b086f0c1c207a5ff310a0993466c40fd773eec9654fcf8df700e17b118a8100c90059fe472065ee804ae7078250ae80efd51057f67ea3"
     "026593f41276b6124f30ad2c2b8c00682513",
     "7a4bccf452441dab869f2d5116def293c35741e4e36e30cb35713730c122a9d125882e9407e1d4670fe9a600df026128a93f0595dd8e11"
     "ed3067a2346c9b9b9ad7d46e9ca89ed0acba87723927b9ccc3d286f1b97f027dc479dcd7252060764b4c25c841192ad96636c16910b1bd"
     "4cc4b255476c7671562bce934ed899908154"},
    {"one bit below", 10, Limit::outside, 1023, "010001",
     "6441e34645425163675a193924f8f6022a96dd77a1d5012f9dff9930e724dfc7d25308614d60c44fefd605fbe18e40438b662e1d3653b5"
     "9829511047dd7ec12e2eb037fb91cce8e84ad5ea974706860df585aac114682d73cfb25ccfd7a164e7f092ac40ff2cdf20ec9f8b88c857"
     "d55e6e08a102bcdb9cbec8c933665d312f3b",
     "117cf63300c77842cb9b6c44695b4582c12b79c01a6fceddbcc698bd4401493320836d1152c12f8e28faa97cf8f7b5d90bff3152ad36e8"
     "6473aca0f1af45d2b478ef48138f18e31e4399e9a960a14a91bbda4b3293188eb1219490bfa5ed278614adc4e9d634ead5786cb9661d24"
     "d5e2849a7aec5db8714a5f2ebf23bb626852"},
    {"an odd number of bits", 8, Limit::inside, 1023, "010001",
     "595069570a080686d12896c9f3635f0e85dc03c333c684cd2ae75f488952ffc92861144d5436dc7401afe9af3e932db0dc77bd5e71e42e"
     "c0ce3f64d9d4e66fcd43d06b48c8de148ec7bc1facd4f57c93b368a9c255220d6d83a09d38adeb58f5e3de7693ef3a185cc46df33bf650"
     "4ae68540aae440bc66fbbeb23984c8332bd3",
     "11a69716a05cc94026fd450ff06ed5786c8e2bda07e51100ceb513edfc0e5fd757bfc72b852e906f93363a256bd68106ccd6f8f02a02e7"
     "cd60b31d3ad32e4b05267bc70d0d4a123c5e6b96bc8ece4e4c0afa31430ff3f9175578b897d6f8cf528acf7691daf13eba84eddd6d56ce"
     "c105b3d7464824a7eb12a9ac342a55469819"},
    {"the most", 8, Limit::inside, 4096, "010001",
     "b9c8e0d3bfafb0742e00aca2a2dd819c08632cc1f89d3e542466ac7b1d0db8f392e4fe2ba6159e61959d18ecf5a2549ab8fb7e6abc7d0c"
     "8621b3bb91cd3574d996027e444580e6eabe836403c439368febcd48b31fa2564ca1d45b778f0f7909f22b86b0127ed019d5c2fd90bcd2"
     "2f797a0b53392a052370ad86fea4abedbdad525bd668c27c070695ffad0b3d5c7dac76b6e20c6171abb1cffb34dcc1ab6ae05ba2e3827a"
     "4bb18d1ed2710ad55c7431b45c75b65a1947066d098ad740dcfba6dec264fb980616519cc648c42834f9f96d9f23b150c9dd450285423e"
     "3714e505303dc592ac04fa8b79b0327522a99998a82a0fd24ac832371e52f20ce5acc2a816fe3d5bdcd9cce9706e2a96b5220b36033975"
     "97c9aa2fc6915c64cb1eb81eb1850961a214de6f945ec8c29f83fdee9a294c88fb4a6f3183a1a018d15593f0abdcd7a55169617a4979ca"
     "c95a5e27aeee156b84743259b015d3faa6de6e6fbc48d0e4328ae41bcc47f51cdf1071632ac4893b386ab108f32dd39d18666fad31659c"
     "8affb3551215cc664e781b52df4ece46ebf6389e61ba8f0fe836458771105e0e08f462af5a112913d79b3896bddf29a0b3aa610224a110"
     "c298ba3a6cbf2ae4584c11953a5fac5add5fcc64e8d8565674be5760cacc0a5208ee3ba99793b710c77b34716c428d48061012a857d983"
     "46ad3f946951decbbf266de5291f43dde1",
     "3ffbeb88d71ff9ec74b3225b8ef5d32783fd4ef47462148eefb2a2af9d0239e8d97aca45747a92179a7e4bd38a6c0d945ae20b6acf5183"
     "c141e8c4b288fca762f23ec2b9d6b40676092f7f8d3f71c3558901397d8f862b3c55acb5916e4a3746c5b8c052f538133e20c3807c683b"
     "952ef87a8e2400f7f8c6dc62fd95336ac96b73b48328a11fe28b3917e22f98b1cc4036a482bee1083572dec2f0af7483357306425aa04a"
     "58cd7a2c88781bec182b27a303c3a56292c0d6b810f616573a18cac81c7c289e2e6f7f0b64c07f4c2bf2d1034f735bb739e80e81452720"
     "725f66365a47fe2c592e4fb7253dc4e06249c01b71e74eb1c74e9e9ad5d31ba3bd5480901fbe58ac20eb5d29c4f735f55488b841b1368b"
     "fe4936d239468ef8a3d284ad1985085cd1fb88afb27ec074e36e3691ae77c9174a881721b249d6a0e19eabdb725da81df386b44eb8b0a6"
     "b67824c61b4e2885471af6252176e68ad5a9b84f5efe1d2ba27a46d6caafcf078c3f577b30bbbccbf2c4b6a1501cc2a7286360fe7000eb"
     "2298bffedcb04561804a19b7bec8f0b59da46af8f8d3c6e698d97fd2f86457eef78a3897e380d04312f6f9f1ffc654a16941ac142acbbd"
     "c4bb502fd9ac0a6f19d465abbe9be34194c703b2bf2a1157c4283688a8d6dd8af2c7f5e01613e3571dcfb09a61df608e9800637737a1c4"
     "4e2c0a95bd68a3edaf6de55095fde2470f"},
    {"one bit above", 8, Limit::outside, 4097, "010001",
     "01a14b13c8f8eb19d24636db3c720e7ff32ca4433345a308f7639fc65dce0f7a3b6b131fd5735ec10c7004a84087f9e14c5980355082d8"
     "2f95b88e7773156d8cdfab81bbea080f0cc6fc77abab42a183c71182b91aa3342643a44fa51d52073899ad8f5eb8dc9f74919b55f57078"
     "4eef77fe43ef7f4d9967204eca73a0d1936693392e28f63fa2f4b2776d54b002e6085d07dab5dbc38a6e78b529afccf6f03a182c4c768d"
     "987b82a0e1d3324ee2e163b061e1cf73a8946b5e252423b79551e863c9cc55151deb301955ca4599dbb53d3fdea2372625d139f457191c"
     "3568a6944c0d0954dc71034465964d5d0fd614960410d6174bc9ecb9290cb88fa179c108a3e651fd11f1eaa61cb79554d6ce1ec2a6fd43"
     "8155a6d8cc55e2962289b2cb25254af9f3f2f2d9dc172167d638a355d19c070f1b5938457630abf19784174ce04455b581ef7d02891acf"
     "bef5afe031fc5e1a603e8916f19ce00d1966c74f54281a20f9025a360d949d77c981050c6f6eb4d078df87c4afd590e3b5f967067b323b"
     "014ec0fa94518d94090b9f171083ec1da08e7914c0c6fea43d42ea57bec0f34413eeadec1a8f1a3e6bf64f69851618d31565940f2a8b5e"
     "676ccb51d42b582cb741748be951f9cf1b28ee1c76453ed7bfbec8f2447b3e57de8972bee1261ecc01c9bc8e097649e63f7f94c9aec38c"
     "141e4aa3d462b3a7a56d4f49b3fc14c45c73",
     "00f9f86fb07eb367a1ee8b37392a2153fd353494871ce848877bca776576de706b71b13126d1f9118d57af0f24d4e13e6bef853347480a"
     "42f596758bcb6e5b1c8cdcd81ff170fc334b73d3d1e56525facff2350565c7a8daaf9b37454b97174f777d4f8fc71bbeef7ada901e9384"
     "e1a08e19a8bf6a4f47176f237aa80ae77af671ed4472bed72e8904079534bb5a5c922251f6f0a03dd8adc2393a7a1361df588904824619"
     "511af0217389ef4680b39211ea36ea44bc160ddb026fb5a7bededf7906dc52496e4517b89076dcd97629fefe43bc2f8e49b42f455b7c46"
     "67c0c2259a011127a8c052bebb569d78d6a5f0493078abe37b917dc40fc3e0c794c3c1722f59a6f4c7f3d635714affcb46337269a1d893"
     "2bccad557f21547615541111e9496440bb2505fbcc5d521e399908c847be9f56d895b4563c559cfae85f1332d164e974222b0c6c85ee46"
     "8cfbbbb12d48ffae0e31997fe3a1406e8f951e05c728442ec1dd566e11d0998e5406b5c998612dd54b860604cfdd72c7cd66b9ee6de3f3"
     "4e8f7dadbafdc58a31c8e7d2761b78768c18540325cc93c6a6b6d385d20964647af35b0ab9b02c35218cc41779dce621019fceb3689c7b"
     "627da11ac25f25f072de39959474d66d7260d28e8c22381fae1dba124972fbd31a971f0b87952d3e81a174f0e0e06d403700db06f107ad"
     "6a551efb7121002458673afc1b9970c5584e"},
    {"the least exponent", 8, Limit::inside, 512, "03",
     "bf0cdba5361b112d908299d5ae1ace1cc1d0a3a21ef946377db778268b7fb4c6de5c7a92eda61801ec23ad23d032bda958355441c39dcc"
     "92871af5851bdeea8b",
     "81754655e4e705d5d70c0ab9c664a5468ccfd3754d347dfdda0c3db47a35bce296b95baac5115bb31db45c1eeed8e7eb308c1639f19637"
     "bcca07faa23327d60f"},
    {"exponent 1: the signature is the padded digest itself", 8, Limit::outside, 512, "01",
     "bf2ef911ede384681c05712eece6b0fd0dd4c6bad1b3cf7117cc3a01d7ccdae99d47cb2efdd2a592fc5d0390831aecb8b665867be1a6cf"
     "428ecc6a6a8cf30a79",
     "0001ffffffffffffffffffff003031300d060960864801650304020105000420f9a11401c7ae2305b0df7f27545b96c13c8bdd6068a474"
     "c3a2ed94b8252400fb"},
    {"the greatest exponent", 8, Limit::inside, 512, "0100000001",
     "9bceea02748c5aa88054e393ae1079738e47a42ac0da236d6565c7be6e00c8cdaf0d05cf5a157ed6db1164df3c0857074498ab553c3ea3"
     "5a0dc2c71c42bb451b",
     "7dba542c7dabe9b517fbce5d98f2acfaa36e59eddea7f67a2a2cba07923b7886c2d80d25ed89226f76fc0241b0c452bc8bdda9cc73c166"
     "e517af1c0a60145191"},
    {"the next odd one", 8, Limit::outside, 512, "0100000003",
     "ae1d9a729271ef95db81048ef9b27957856b52cd55300fe5cb7d992ead1e92e6ecd8d9172a8b81a297e7dd42280f8da27e1f56819937eb"
     "a41b00a71f13e5252f",
     "4004546ee747d32d01f34ce991835b0d562dc59f9895b4f7f892b20ecdb3912fd8032bf25669f1bed808041f11e9be3093a87d015985fa"
     "ceacdaf8624d3ce585"},
    {"an exponent of 513 bits", 8, Limit::outside, 1024,
     "016fd00f62a4fbdee1584d2a2d9a11bf7fe7e4a3b2256fa4b55e6660eadff7f4e1c585c18149a71e55b649af1506177783577fcd37feda"
     "63949ff116c0313a16bf",
     "bcc9256d39e68818313b4fdec98c4cd4c25b48bd692c084a38fd200dd7ccb71d727173b86acea38dd8283834a8131a39d7227402b8e917"
     "46206c926e2456bf8855120325a7e05a6994ea91c6d6ddccc12de4285efc431024a9a6f9eab29fbcc9fb72610eaf9cd6cb54e1ba35416c"
     "343001fbdf3df5036d81d4258a5a798b121d",
     "65314b16c8e1052d9dc798b49b8b85322fbb5094b20ba076fdd09bba7e2cf782197dad8eec015b73e98ac5ef316578fc703b12f533750f"
     "ec1ebabf07b99df250ae1a2c90d854574ebf62526e957b3dd3bf2fcf52524bbc49312d740ed60d02de0ebcbab35c2d1e029b28b18cfbbf"
     "1fa34aca932c3fed989e390cf33cf4aaa5b2"},
});

}  // namespace vectors
