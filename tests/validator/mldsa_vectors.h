// ML-DSA-44 signatures made by others: the example of draft-westerbaan-dnssec-mldsa-04 §6, which npm's
// @noble/post-quantum 0.7.1 makes anew to the octet, and one by that package over another set.
// No code of ours had a part in them.
#pragma once

#include <array>
#include <string_view>

#include "tests/validator/crypto_vectors.h"

namespace vectors {

inline constexpr std::array mldsa_sets = std::to_array<Vector>({
    {"draft-westerbaan-dnssec-mldsa-04 §6",
     "example.com.",
     "MX",
     {"10 mail.example.com.", ""},
     "example.com.",
     "257 3 18 17K0clSq4NtF55MNSpjSyX2PE5fReJ2voXAksxbpvslPyZRtQvGbeadBO7qjPnFJy0LtURVpOsBB+suYit61/g4dhjEYSZW1ksOX0il"
     "OLhT5CqQUujgmiZrEP0zMrLwm6agyuVEY1ctDPL75ZgsAE44IF/YediyidMNq1VTrIqrBFi5KsBrLoeOMTv2PgLZbMz0PcuVd/nHOnB67mInnxWE"
     "GwP1zgDoq7P6v3teqPLLO2lTRK9jNNqeM+XWUO0er0l6ICsRS5XQu0ejRqCr6huWQx1jBWuTShA2SvKGlCQ9ASWWX/KfYuVE/GhvabpUKqpjeRnU"
     "H1KT1pPBZkhZYLDVy9i7aiQWrNYFnDEoCd3oz4Mpylf2PT/bRoKOnaD1l9fX3/GDaAj6CbF+SFEwC99G6EHWYdVPqk2f8122ZC3+pnNRa/biDbUP"
     "kWfUYffBYR5cJoB6mg1k1+nBGCZDNPcG6QBupS6sd3kGsZ6szGdysoGBI1MTu8n7hOpwX0FOPQw8tZC3CQVZg3niHfY2KvHJSOXjAQuQoX0MZhGx"
     "EEmJCl2hEwQ5Va6IVtacZ5Z0MayqW05hZBx/cws3nUkp77a5U6FsxjoVOj+Ky8+36yXGRKCcKr9HlBEw6T9r9n/MfkHhLjo5FlhRKDa9YZRHT2ZY"
     "rnqla8Ze05fxg8rHtFd46W+9fib3HnZEFHZsoFudPpUUx79wcvnTUSIV/R2vNWPIcC2U7O3ak4HamVZowJxhVXMY/dIWaq6uSXwI4YcqM0Pe62yh"
     "x9n1VMm10URNa1F9KG6aRGPuyyKMO7JOS7z+XcGbJrdXHEMxkexUU0hfZWMcBfD6Q/SDATmdLkEhuk3CjGgAdMvRzl55JBnSefkd/oLdFCPil8je"
     "DErg8Jb04jKCw//dHi69CtxZn7arJfEaxKWQ+WG5bBVoMIRlG1PNuZ1vtWGD6BCoxXZgmFk1qkjfDWl+/SVSQpb1N8ki5XEqud4S2BWcxZqxCRbW"
     "0sIKgnpMj5i8geMW3Z4NEbe/XNq06NwLUmwiYRJAKYYMzl7xEGbMNepegs4fBkRR0xNQbU+Mql3rLbw6nXbZbs55Z5wHnaVfe9vLURVnDGncSK1I"
     "E47XCGfFoixTtC8C4AbPm6C3NQ+nA6fQXRM2YFb0byIINi7Ej8E+s0bG2hd1aKxuNu/PtkzZw8JWhgLTxktCLELj6u9/MKyRRjjLuoKXgyQTKhEe"
     "ACD87DNLQuLavZ7w1W5SUAl3HsKePqA46Lb/rUTKIUdYHgZjpSTZRrnh+wCUfkiujDp9R32Km1yeEzz3SBTkxdt+jJKUSvZSXCjbdNKUUqGeR8Os"
     "28BRbCatkZRtKAxOymWEaKhxIiRYnWYdooxFAYLpEQ0ht9RUioc6IswmFwhb45u0XjdVnswSg1Mr7qIKig0LxepqiauWNtjAIPSw1j99WbD9dYqQ"
     "oVnvJ6ozpXKoPNUdLC/qPM5olCrTfzyCDvo7vvBBV4Y/hU3DuyyYFZtg/8GshGq7EPKKbVMzQD4gVokZe8LRlFcx+QfMSTwnv/3OTCatYspoUWaA"
     "LzlA46TjJZ49y6w5O5f2q5m2fhXP8l/xCtJWfS/i2HXhDPoawM11ukZHE2L9IezkFwQjP1qwksM633LfPUfhNDtaHuV6uscUzwG8NlwI9kqcIJYN"
     "7Wbpst9TlawqHwgOGKujzFbpZJejt76Z5NpoiAnZhUfFqll+fgeznbMBwtVhp5NuXhM8FyDCzJCyDEg==",
     "MX 18 2 3600 1440021600 1438207200 59829 example.com. kdySHzwB7NftjQSAF7snCeKau3NoqpLNg16h/eHZV8L3Zpi30lkRyiS4FL"
     "MMZqTjzbf1A/bShg4qZpYlnfqXN8uqFWF9GEEJOgte1CFdF4GC05gEBU88KryfnGAcpXKafw9htDxZrqmqVSWN+1guW7HyUUFo1IuWTnZKuhZptD"
     "Jkq+Ml+5ZHy4p+2Tdwk8MH7tJlTYk/UVaM1wIXPB2YgJ++kD0zhys5c38rztcaOmMXt6ejyAEY37Dc1Z/KsrRQZWv+XZ/CTliuh+dGJHoGuTm5Kw"
     "S0us884ukWNC/wIU/SdlGoBDVXsT163Tr6lTf8pJ4xixcKIN8nsKSFxP9j+AbaN5SofIAvp4LGIFLgMKsRV/cqeYo8PegVD2EhAQ2/HVTO3uO8vl"
     "qLK7nWVVK2+2aYKIL2EqzjhRYKU5DhMwS9ZgbG0niszGXpvZcNcOyABXysdVuaDjnUuamYVACOUrV786LNmt8IWDnXWoPPMErPk5vNyHq6+ZHg79"
     "UeZpSzx0Ae/1aIfi2WEta9Or5sGItBn6vFWi9kJRuhuoMIXf9CLBV/LHL/PIenBxXSnr2Owg54AuSN2tmk2lDy8BfKzzvxTOoKXx4edo96Xv6QWA"
     "SAxO9JmyEvhnF3SBI6HG3fn2+k8rgJLIHpsr4pZhMh4/SQWaojxt51nEIFi1bl7P6sAmCdMP81LSNx05hIkKcPeO33hA2VSDO7GzOEsnBOzbhUX9"
     "gbFr3aNV/Wrbs/cZMAL1I0IKG20jkmEfZ9PeKN0hXCxHJo4hPFL2mm9ciGpuXS7oN8f7YublNTwRY8b4plScVICpyBT5UDOgezR9/+DnklL0fzIO"
     "RMTRnpD1hq4BqZMgNMwvczFg3DrSLQP/cBiKLn3toJrkSuU9aXodEqW3lhRdMvDUqTtHgMKas5velmabpENAbixiB8n5zoENnMLV6w/13a+yOTT2"
     "WUvESgHqF92FfQMdQl36noyewmjUFZopirCGV6AkebdVsTY27DtYkGWamLXcm3w2d6AYV/LssvyK/Jlnw/E7YRJWkO+8PvHA2tvfQSr8fNC4ll/K"
     "Hdwr8d0Q8spPcOHMMui20XDYeprPmp64hSt4IBuiQusdm3SQsWjQvaUsg8sykZd24S/wNQiGswXaoG6oWYYCZupfvGc0sgb+9qxZU5fSAYKwx5Lj"
     "YajruvQ5flebAtrUdLuPbGMb2I7Z8c4IvDmbA6ljqMK60w1XI+wU7jSWzoEaiIeAUR1aT925KFMEhmFG3kTr5ZPI57wM7pEI9jBME80lu7D3f4z+"
     "+icSHSJ5YNa/+kp7eSIT94m4Tj7nelmN0WnKFgzGZKnuiDGJew5FFnfB0qfvqUNUPt1rVaIr7rzBBL4j8WQHqOo17A+0pnIqKTe1Z8MxFnPwP1eW"
     "Ha3T/7JeEPSD5JFOpEWxs12twxTC42BrTCckSmrfmksfxmJa0mfflaOPHkjahTprrItJzG1efHYCu5nP5rsclZF0hDOR1OZrgK2IhnG1VotIPB4+"
     "/+70+uD0qcqY3L2yonxFlQS8sEmMcXi9xQTxdFG4NOk/TQG50Oly1tRp9UoLjwTDtlIjh71Lz9lajbAabV4WtIvd7cwaREO0kFAtzIgfJRVMasWv"
     "Uo6e93qQBThzvkCNs8ngsa0jXJL1HrERP+qkiULCDMr19FVimWmIzLCkR9pg9WWjruY5krgdVbINUqjsyyGriPEhy2JneNWdOdFoAwkWtGbIpQhH"
     "s2bLHpG9xPPF+ElqLmjNa76BhXv4caurHYn7K0m4NMVgDywGXoh0OGe/PoXQ4gHt7EbHgbCQO9V8+/1+MWw9ZrU6btOGJ2JVXeyRXYyJarn+cnPL"
     "1nWOlq7bMD3mazOTNZPc5UENSvDL51hmd3WD71i2u9btqIzjnmSxggPHRsVcOaGXHM3aUJnrDtwi1EY7THlJatS+ItjWQMCDh8g/4LF9S2UWGFc2"
     "1MimswWvgh1jB/4hYI9C8PSCpAeV26dXoANntR/lLms42488dVJ1wyNGjaNNX1itiqFYsNUn3LyT3TdVUgBwkfzO1I4UnhDIbsHJWbs7Dl/52Ei4"
     "MbpPJXnL1gMNc6SD1EkT1CeY9fesHF20wr8tb7V+qPO2TCE26syB9lZ41OSOYgqPYK/OHyoLedQmTOFls0QMj2F0bks3pJm/TDDMEuUdhulPatnZ"
     "BNIXexqNImQUFyipcJ9W5KnD6Wr5+jyULyVBQRpWPzipfPFACb5d5lWPtrvh4kurYt3sSdUy+WJKuYb1roxXTZJqP0QDgnVEYL5nJnxqSRD9fx7H"
     "MRHXODkVioBFmSUgwP5XBljn/YpIgG8Ix42hyKMCtiyv1gIY3/m8cfHyj5I6xcDHUTZHyM9+KSZeipf6wUnngoZuYzP9N3Nozo8LI+w3Mo6s/Vjh"
     "msALOYcus720s0MQY5prhkcZYUvgv9YL9R+1Fm7Kxy3cjpnGqyWwxN6YmNw/f6C+21Dlex7+09o2ygi0M1NEZZ0FhdaBmxVxtSjbBm3uKu9taW0z"
     "O534HXlifFkxf6GhboxbGdm1yekVIjDLnC+iodQyLwIi0vvc435Xk4GRBs8D5Pxf3vT3tgPy5sDXbJ3lT58MekKdT/HobugDOdu0ltGenFjnKFhd"
     "JudvQ/FFjqJk1HYnjxxdP3QYKlSHOv2ADtRqgI0VHLJmECOifYr90uWml1uzaUzK0XTulm8fn6lfpF3EWJYSsq1iXQWuiRw9u6dxiS02+c4Z8Nzu"
     "moh48W+z0GFy+qClyhqdedA6k3WZIJi919e5b24mj5rqzcgrA6KMqnTJDKh2cuoKC1fI88w774co0XPDyg+v/RD2ET1fquDGHjeVyVBsknNZQ5lw"
     "vLeAy/uH+Ql5qECQ9WCIJPydZZhB906hkHZ+vch1fG+vhgMtoXhtZ4UXzQwbJBL/4wxtOau3IgWGkJEImJPK3KE+7phfn5YmGSjVCp8o1t2QxpwJ"
     "1ZPBuTrUWy15gruIP8e415f0UPUZjFG+p6JqsUzaBzgZvAg9nY/vHEC0sXuC7lnqmDxr8LU9JMD77XrBccXMP199d/10bJW8TH+yzqE4syjdUPEa"
     "lQnwP/fh9us92eSdv50vr0/KPhzfWzcRwWFxofS15zlJe3xNj+BAURHCApKjBkh5emuLy+w9zn6vn6/QsbXWp6hZWcoLO6ytLf6/H+DhguNzs/VF"
     "Vbg5SXo62wztPoAAAAAAAAAAAAAA0jNEY="},
    {"@noble/post-quantum 0.7.1",
     "www.t.example.",
     "A",
     {"192.0.2.1", "192.0.2.2"},
     "t.example.",
     "257 3 18 36tBWMiVKlT4vQGa48y6cBvY8Lr3jjCNccK2p/lacGaNKRr4xU3kyHB7AGi+cuTaLQ4xnYL8I8ECWFhkVEmpJ79SzfgfoG3IwHkboe0"
     "UIB0wZwtTndzTHVAbe2GNtyA5tL+REkX3bQtBvNQ4nwai/W0xLWRLJ5OQNFgMDuPxvRRSj++1khnUX74VNx5Qn9J4S0Mk6aPSNPzzUSVLVxiJcTd"
     "E+Sbfdrd4zT1oJPlEKs8MQtDHF5fy1ZvxVvQzSDNvqspxgZOG1Zg/80BJkYnfrt4D4pd4kI6tzJOQuFrJp7SQC1p8XNWNBkI81c1ma3c1EAje+Yo"
     "UJrcxecUIgrUxiyH5/4I1zFph8TWojgqY0Z5otkBe94pI61Ciw7dywDqpxfMy7/+ek8eTKMz79zU/unwSQCN0J5nk9CSSbXQ82hCb5XFpUZQjlaU"
     "fw2tm3d2a+0X+yjCtzWgJ9IRgjbj5sFgg3sOl/gdsi6RWwzdV6k9sxpy5on0+mF6kdTgVw+/B3s7a9OSIqRu4IWYp1iGGC3XqAn2bR4Q9pO4DGzp"
     "Ko7HR2izHCg2dKeqhHnIZkb7ZIEEjRksqgj+FoBMECXEUrp9m5VYNt4MKYZE4CUPX3EVHuZgNdKkzNAiv/1GBZhGtGWJkH5yz5MxdXbiW4RzbFSG"
     "b+IzI3DqX+EFMiEgkstl2OTChCuteTcY3qL/OGeOksRKi1n0T5uCtGIjdiago04cTdrdA2z/vFT9mVrTfbOVgLmkCOCpvWtoEeoDoAHcDLO5ocOy"
     "iFZNjyNVxaKP3dm8ypeWaZVmnYJpUUhlKPSks+MKEZsbekmzI6Lu6/ed8YL577Ldbhv5ocH7yz0QQ/XJSNLzwhps1vxDOHJ9eo2Rh0QMhgf2IcYB"
     "xeasum9fiS1NpPf+4dT7KF87SpnWxdHcqdKf+XcgK0Q5myYudcDEzTOMWjJbDv1bGOyDcRHigfa85SltoqSn96x6RsSdGSnZb/A6TNOcr5y1Mcjb"
     "7QrhIIrxFJJpYRUlKS1vjknVhdi7546OaoxwnZaTSF/lkkBfeGrg0vDGtWN/xaHfGByg5g/spaS5FfOVxGCcHNXhVWzYStG3cLpKjCAKVQNNUUTI"
     "x+0+Uo8Tx5ClWvZHp1MTXVyW6BULcZ4zttt6BLHEwFdZ6vYoD8LwD2JTv3OLzJmNNPixCK5KJDKPrciiSDipIXercYLktn71agqjx8BLvhSBJqkB"
     "BO0+l0OTKJGSXj75WxSEcTlmZjASNaJEhy6DAEceDRiRSsaGDRI0YoTwBMYQIDnZq+6d43mfBLamKYHKlJLwiQtk7xtnAhCwL35kqBsLiAliL7tG"
     "tx/A7IdUPd0WGmt/fybMwA/zPVBgPYkj4cm5EltE+QuTfthtRHSzuCY14OoVIK9YAznIE8FK1vfeGkzx/uESLWAnRiEM1QFwsG3AFOYWq6HtlWgG"
     "iXK+YxkYg/fKspVycXQZGdPpPKBoXFy4bu2+ASl+nhQ+KRXqO687t2ewsbUoFb3oYtuFLRtwd0rzPyox1XGNcjFmpXlLb1TrUSDrSe9sL3WGY0Hb"
     "MaeFDdRgcM9WsfY3rtfbeiQGol2/juRnQrIVk0hPnFlDLwF7IqzmiEDnS8zwxE8z/CQ5FAxvEJpFaQ9SGDVYj1oXmlANAJg/r01wGQn2AbPqTtuL"
     "fQ7p9H/5g89Y7XtTjA4be9+e5TuE6shrG6s6H97KGkT0ODkS3OCdRnK08XdLUWeOiz5Ur7fWdglbylg==",
     "A 18 3 3600 2019686400 1704067200 57477 t.example. 5qvItpFtmyqw4aBoUkl/q56IuesgC7W5NsllU0psc74gltJ0YtLQAyqixcsUf"
     "6LW9jEVF6yTpklNL1HeH0weyEuh9/d9PbMXSZJkFDlpYninxiLp637JYdOOUL9w/4t9le8EzpuWSvo4/hEuXJmBy3lXVWX6Jv/AJUN8KNpl5QnbK"
     "GkjoshewXQ0MXfVpzhU/0/lNsjSUVGRZ6WwShBNpllRfYaV2VFOzf1EvS5FKT8bU4gUiMxoO0aLARru0dS+Jm4yvHcexOt0HRPcXDe3C1l4gFqH3"
     "ZWpxNV66QWqgq4s+HVSPPcpAxnwJVStG7QYPCBfBSB3OeQr6DroFWHj2ZQCjhw9VVnuPrxjbCfGg8tQaTYJP0+fwASCovsqWH93BB1LwGR8gYqPv"
     "LsHonBSY2knPaStW0+1fti44FLdkn3NPHMgesU+4cP0YhyBugIytJz8/RNAKN5/SqmdW09on4oQZRXItuxN+8Qhhgr5+pHw/R7hj4GCwsrPaV/ja"
     "f1Y9sI7+7vYC0TnRLTMXp1L61Tq8azg+eEvqWYFiiT/MBIxq3ePj6Si0KrPd8dxCaf9MBQQCBidpHW5tBVg8nwY3OMKAjSU66YzI9A0WVZapMb3p"
     "iTHI4Kvu116U4Pq1jR+g4viXvoxXcfjzvC1NEizoG0rudA247k2Zr2cLqniTd61s/n7mo69g9X0Mm5hakM8f8Eo5zOlITtzLKd5NhpM/blanRlYN"
     "3U/+O7+uxEa8ATG74nEf2LaTLEYtox/NBsQW3F6JcCFVMqG+Jcj2N3jfgVo73WdbBkClq0Nlx6dTXm+mDpJJr9yAHPdjwvr5Nwsop+g12d+4IxvM"
     "I7OzC2qCeVMNh93GunXm0c2h4vYQ/eqq53h/kAoPj8dcXSwbxw1X+AAjI1kidCneVWCE3dXvjla4PX6p/VXYjJdzGyuAssfAaIEAlmILbpXn8xLK"
     "tvbTrK8N7L7P6jRA1dnN0VdvQrj8gG3EdBoqp77wirt2h+dfFuLI1FkXsPyjuk5E59V4penvs8MIena/AD2HQb3401YVH2HXt6x7kfL3wDDE41PE"
     "N0G1Jzr8Al/Cai+xum3+zZM63TwgYKxumjaKUFyZo7RqkOcCRX7qBRRL65mmWwIieQTVSy2vhBoQi9A0gn/k7NGNmrFRfklOu0cbLSqrgEGibG4O"
     "zACm9xBVyd+MJZl1iTrEwKLwR6zajr+Qm+FNaGG3se5VDxIk9fhkAaJtDKjGO+u7k35gZgXjrbxzg5hrP6Z2m7E1Ft6XNZRTGmiYe8i+88C7wsiE"
     "vDBzY8+Eg78aZ9iOiQelL7y7Mz2Bw+pUQpDNIvvCxkixiIbgueJzhyGPZTrjPoFJbWdlIqz2hSaaNA5qDgFvuzrRplaz/uVE+GBVEEyk8MCprA2Z"
     "sFo504q/9FhxF6/zrh3pXYAB+e37eVI3az72MbDil3axiJoy4g7rJtxxlngmA8H9aBFD9wA9d6ZwtE9NO6x0IDoXrCDmdyVVLvmzdBAQxmru1G9L"
     "e1jVeXe6gsgv2s8Qp7GnaPjo4ZAY1pAkUhgSFSSiYRBGzzYd5TVGNCxj9SgWMU0OMKQCeMJ0BOsccZLhvJAuoM4NVXzj0RrVM5bLyQnh1nV5TMoW"
     "Yh70UBMqFh8wJoHRXjx64pZ1RsHInpo/K7wXHxZkeD4esqxQK9PaMd28Ms6SIvo/7qEsn56ItQVwt3zEmHQz/v/zi8d4dEJ0qmYIkdmnNJ20VQdB"
     "P5qlnjyTn2UCC1rfoLmCLEOxhzvY+la0CLP0uZ1Khnh03uGc30TVhDB1akwqTkE+DZ2u7PDIfiKP030EmiwKmj6yUDmqgjXlB4I6QEacqMFnlRd2"
     "gtg6x4E/ozFjRodjm4fJzbSmhLIK742HmS3L5phmn3xbNsNONZeYr0ujfELQ6qdDzmqI2fknp9f1JJn2Va+52Bl6Lc1nKaD3mcSnibb51VY5Ad1A"
     "EbMtGqc9Kg0XenRUDpMbuZQFujiBjdGlWjNS631wVuWFp7sLz6GeiXlMXNFK7WC6sWT2Nk+vE+kgCPxVNlMVLUSZeINcxAGCjglzWnxMYTdCWbhV"
     "WhS+sRel/DN6Rno6dyNfnCOl1pgQXy73USnr33+R+zIs0iM1tsmCEVsrK4e8Hb/hIVQzr4yjnl1RKM3AlMVAPARvyo3LIGUkcjELgdGDkYem6+FD"
     "9X6QjVtUq8KZIV2ujUBA2pv2FQAemsPwbxKkmPxm1+8DL9DO2A4u2/nSaQH0jlhpILi7JWmd45dsVKPOaoB4Zjqm1FMclGhv+ZWvrn6nS8hCSZzR"
     "chu/qZAGeF5LAF9bLIixDhV9CuHfCtaXgfWdP4PVdYDwFs/9GCKx0GGjCPtqW0OZ0P1Gun5A196GaV/Wld2aKtCm0NZMgFfgeQnqc58t8goXpHrD"
     "NU8TvsSHRzeIvmlHSz942aONTRt82M6I0OaXmKXQCdCe4MX3qZ949R+HL5nNjdnDxbc55/LXabfYkcyT5ytYb2KO5bScTUKqAfDJPOCaHSiceS4R"
     "43ButBUI1pkvP/ORBx8s+nKketVykoehBNn/ragIScQoNuyoXqvE3BpYSqa0Rh80jXRV//d6TJack6j04nzKJI7WMq/2mVZDHbd3CNH8g8qIqcIS"
     "V5txfZe2VPhUQ0FmhrcM7U8YPr8FozaGLM5dXSSDrZ2BLjx5bADcLtWcxdrlS3dpuX5wFtt/4PDtrkjIvZo8p/mmMmuFFB2YXUxQiF43ogLPjFKs"
     "pcR7+N/NTVzj44TkCX0Dj2s8gnDBZV+J8KlqjdNqCk1KwsH4Uw0BsJmB5o9czRrQ7v+NSWQzA/HUt97ywUb8oBGDfhw5TWgg94luSAWXeesZ2axr"
     "YCl3/pVZRcqvthm8s3IhQsC6FQ8sdQ9KbplvAtdDfWiwy68mRzcM3raxx3nbGKRD1fK9GKxMPbGOkV8gWh1Weax4MFtyNDYVNCleANMaxIuwEQw8"
     "WbGnhTp2qyKPcW3IDQovobnxqWSHbd0bIQ6AFr9oOkVr7TQxzdRFPa1oeWtlhf4wpgJX0OY7drSSGeRMq7Cu2a8vPAOpZ2WTAS1zUkiBOpHhOsHY"
     "Q2Mes3vFfLIxyDU2AOlElsfJRmEvuwDChgdHygsPUhKb4aJs7jA5efo8fMKGScsQ2Brc3auy83eCg8jOEhYW2JkZZKVpbbM0N3s9wodKCs/UmBwe"
     "YmOj6O2ubz0AAAAAAAAAAAAABUiNUY="},
});

// Over the draft's data by the draft's key, from a copy of @noble/post-quantum whose signer kept only answers with
// ||z|| between gamma1 - beta and gamma1, and whose verifier, without that bound, accepts it (with it: refuses).
inline constexpr std::string_view mldsa_beyond_bound =
    "e+iGS9rlGJvfhZBCQdq/o42KnxbKek9j0eZEN1Wqwy7jm6QzQRo3GMpdvYBBWYuV8/s8V/lvU0FlX3TZsoMHsU503FPi1o+Rjz9GifNoaw/glAPt"
    "nQTsXzx8t16U02O1DKhnJuAFitYTzvj1BQEfmcobAkl04sYecNFj+Hlgh6vAxe7S4Q/DSPljp4e199GYEmt9blLJy9gtXezPIHbmMC2s9ywS9jmy"
    "SXUlLEdSE51nuxQF9hbZ7i0q2D3/n51T9mTct0DpntSaFg8wUmV6WIcqdZYPhOBrdMQBlOUZxy9M0gTVGIgoFqdcV6R6nYIaBUH8fyp5hPUVQBXL"
    "Txr6uHNxCuxIzpQ3AYp+udyt0nOJ59iiTwHQx9ydBxdduEga9tOLDVUSKwkxH2ZbXz7DgmxmNTA4uamQqt8//2mD1OnvB58GeCb5dibudAG4a5iC"
    "Tl4MI7NFXZfU/2GKSZBFQMcBFT+Czx7gPPbu6G4/7jV64cAoirKzVZLnan3wajLoVSwhRWoBEDgtRe7TT8g5bMwD0KvK5oPisimUdmVpXRslJ2Cs"
    "0kLd5il4oSFEbxuXDhFaU0+cFHqFeDZLzKPLK5r9K+heGmj/H9pffuC8g0G8jV8Alb01Xtp9tJAtUly0zeSX+98Y60Q78edlKF1K3TVrAI0MmfMM"
    "u6T0PecE8ZWhVuDAYuLkAAE9K8wDc1Woa8w7/O26A4emWmKLayyw1it7JQQJoCEe1B3u355DHrJpXeJbWbHsmDw05mjAcWy2NQyKTwqI97oviUtv"
    "0S2gxlXqHgYQ3ly2BHaF/bgBzE7OnUgkcxCTrVL/OZjB02BtlY/fKyvkeuU6PpfgEjqXiBMMTZHZbMzlg4dbLBGGdoNbwN6VnITPGIu+4jqGJIRW"
    "ayRhtQ+fzRbPUfZWL/yEkgMvZvRT2D66BvlXwkjXK4YVeu/NQQaMLfmgYTOHTPq0Gx4i4THzj3TZrWvUsPyKC34+FE84sMLapcSGJMOD3iH0xDQY"
    "Z2iLessDf2qg/vCWhyd6lv0fGZIj1OXpwgiVs/ecljR3skBOEaPCxc9NntN2eExPLylSIcL/P9mXAuOOEoMRa/460PocRCTNrWm64/jZwq9AmXRU"
    "Gua/EWF9KKmgSrpX0pExR5/pZCq3mqzAetngrG3A6D8RFlvrlE+EPmpCQ0ANqqL65xiLAKU8FM5JeJ8DxsDg+VHbaBgjMg+oSFE38+yIdwq2gpy0"
    "t9PGxPfFFvHdLks+A3F1GddoM8mMvk3RWbUhUUEnWFUcWnHpreB0yLSMHiMKRyS4Je2GJ5L6vH4Tq47oIzRzUEUg3Ybkr8pnxmsV6prtAHK5zI7E"
    "jjB20rvFP5gScFFRLr2by/8h9rju5MB0Pr5B+n4+ERIvAqS5h1sb9ssitkn/h7eWzNNhXBV66C+xrGCZ9O27lZb1HokpAcxASVxmkNDG7fVQPymj"
    "jfDjWYQsoYZ7omX9SpSD3dDKjFqiqt27TI4in+Rd8i6ogzGiNxTAsyFD1iKMVkV6HoM/f37CE3UflyyvmPUzZxdInbQtzmg1nyuvY4zkrY44CEN1"
    "jjM+aygLKMFUP6xrc9Y8S/p+d1bqR9UY08E1D0P4DwwDQQ4pQ914TM3IbAOJhTDRKWIUwodDqkFdXHmUVwxXJR1FLlPA3VuY6tGole5h0NhDalbX"
    "59uqc3Wyow6EpuYiM5l9NoBRl3tgqebHUeTb/xQGP7MSxU6ygS1ogTlSYkNcH97txZ6VRVpejT+Aiqbl+sxjSGLzZFGNvsw3+3qtBajVR86qu7Tt"
    "yyGyg+zIlZpTINf3Htd6PLDW/6QnKNay0wXXZUr1xMal75OD23W/QBV1vobvWIuWT/+29sJRE84otYLaJ1x6gxDJvcxlVSZ8m8CogHsg1JZeucp2"
    "m5vcsCnLyzzd3ndfGmBeDI4yRVM0PjaCyI0VXkHGzGeXk59HQ3Gay1jZhODC2XMEW5AN4PaQXCgjRsNHN8AMEx6mMyyZpXNme3jNCLb3x7sjHnfh"
    "8At5TaWLQo9Of2H1nam1VZO2VkonNL2nfNLP+JdXVDVNfWUKjGpmx5IPznVTPcR8V2XaZ50P8zIkXpod6Ljtlw2HG4cAIxjXkbZaD/al2w16cCuO"
    "OnkuZlufsPUSofuyx1T7NWKiXlcWPUrlLw75Y0FndftfOLqGlWlwdDhSeUL70A96rbqdtsBVtEDVf1DAioQoSS9auOBGQW4Jsy7eIqCe+wgz3+3m"
    "nVJMUIwPfOAwM3ENRQ26WcY6MnM92YHXKRoLQ2OGef1Q90Xm+JFOKLDsGmYapa1EPtrUJ5wdT7FAzenxUyUMfHDdv8HqedUqPGrODe6AfwStKeqZ"
    "hH10k/XuPmWyNPGvdbst8HOTEjQ81V17EiLVf1oIXSOI1zExktLJGT35fzVwhArXGtWOq37WK7BQBbiRLwmRrQb3guy1n3wzA96Zk/TNndlZHfXN"
    "z33/2ZHhyIGKjDbqaibftX36uyVdTbGBob6BgfV8+VvkqW5s6Don+IpK4tebqrMMm9rRUkQQl7H5lP2gCgEiwE983h1zQ7qaX9FZzCffGEXLRnKT"
    "bGPkEWeTqcNyhg9tf6uFt8IH7GU7Hy9BEEVmk9KnqetP8irK3RW5mvUj22QgA6FMjuerqxf9bUc5Yb3ozVhTdOOB7VY8Fx8mXC2l2iALG/qB+7j/"
    "6CBkLSEj4LJhwhnNn2w+AlgrjnZ2Webor0aOqaaeMz+5lQg+02CCUPAsQPNCPCD5Xb7A8XcT3vYwGp8MUemYorVz5Kvjljd4jslDXkB4EYqd0cgI"
    "LKZynn9/DntQ9HOlyAMNKT3tNmdHUmP1l9vyBFzFKg8jelCz5ribpK5ntEyJbKnujIt3VbDF14E+1M2MyLP0XB0VZ4+CKQrcB5VdIjN/wJaF0IhN"
    "X08qwQ+IFBqflmiW6lml61gGE41MiicucXrupN2InjFk/qE7xQ/N/OWG9+gDFPxJZuVKuPU4z3FB3rw6WFOP4RYcjbzeiHoO2UaN/yrIivGljhB8"
    "q5nXgP6oFj+MlDUsaumDnhd1Zl5kZHH39bs19Uowaczxr+BeUFml9N2lhtmzybjentPxZGBkcdDhRQtXzgVmkXpt7DQBEzpKVVZvkZLBy+34/g4c"
    "HiVISl1yfbbBxuPsACkrOUNffH6Ik5mgs7q7zc/e5+js+P8DCBIVIjdYYmuOkbbe5OXq7wAAAAAAAAAAAAAAAA4cM0Q=";

}  // namespace vectors
