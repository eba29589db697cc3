"""Whom one can sign in as. Those with a code are in the sample list of staff under it. Data only."""

from dataclasses import dataclass

from sendhub.access import Role


@dataclass(frozen=True)
class Person:
    forename: str
    surname: str
    role: Role
    code: str = ""
    domain: str = ""  # of the address, where it is not the school's own
    sees: str = ""  # where it is not simply what the role says

    @property
    def name(self):
        return f"{self.forename} {self.surname}"

    def address(self, slug):
        return f"{self.forename}.{self.surname}@{self.domain or slug}.example.org".lower()


@dataclass(frozen=True)
class Place:
    """A demo school, its folder of samples being its slug, and its cast, the first of a role on the sign-in page."""

    slug: str
    name: str
    estab: str
    in_trust: bool
    people: tuple[Person, ...]
    tutors: tuple[tuple[str, str], ...] = ()  # (surname, form), beside those that the files name


TRUST = ("Meridian Learning Trust", "meridian")
LA_CODE = "302"
NOT_YET = "Teaches a class next year: sees nobody until the school opens that year's groups."
INES = Person("Ines", "Calder", Role.TRUST_LEAD, domain="meridian")

SCHOOLS = (
    Place(
        "oakfield",
        "Oakfield Secondary School",
        "4127",
        True,
        (
            Person("Priya", "Nair", Role.SENDCO, "NA901"),
            Person("Tom", "Hale", Role.ASSISTANT_SENDCO, "HA902"),
            Person("Bev", "Marsh", Role.SEND_ADMIN, "MA903"),
            Person("Dan", "Whitlock", Role.TEACHER, "WH904"),
            Person("Kemi", "Oduya", Role.TA, "OD905"),
            Person("Ruth", "Osei", Role.LEADER, "OS906"),
            Person("Grace", "Lindqvist", Role.HEAD, "LI907"),
            Person("Alan", "Pike", Role.GOVERNOR),
            Person("Sue", "Kettle", Role.OFFICE, "KE908"),
            Person("Mo", "Farrow", Role.DSL, "FA909"),
            Person("Femi", "Adler", Role.DATA_LEAD),
            INES,
            Person("Jo", "Ellery", Role.TEACHER, "EL910", sees=NOT_YET),
        ),
    ),
    Place(
        "hillside",
        "Hillside Primary School",
        "2011",
        True,
        (
            Person("Hannah", "Moss", Role.SENDCO, "MO010"),
            Person("Ella", "Frost", Role.TEACHER, "FR012"),
            Person("Paul", "Yeboah", Role.HEAD, "YE011"),
            INES,
        ),
    ),
    Place(
        "brook",
        "Brook Primary School",
        "2044",
        False,
        (
            Person("Olive", "Grant", Role.SENDCO, "GR901"),
            Person("Amy", "Lund", Role.TEACHER, "LU903"),
            Person("Derek", "Yates", Role.HEAD, "YA902"),
        ),
        tutors=(("Lund", "4A"),),
    ),
)

# Oakfield's threads: each shows one thing that the product does.
TEACHER_CLASSES = ("7A/En", "8C/En", "9C/En", "10A/En")  # Dan shares these
TEACHER_FORM = "9C"  # Dan is its tutor
SUPPORTED_CLASS = "9C/Ma"  # a teaching assistant of the sample supports here
LEADER_YEAR = "Year 9"  # Ruth leads it
NEXT_YEAR_CLASS = "10C/En"  # Jo's, next year: this year's 9C
