package org.pupilledger.statement;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.Source;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationProfile;
import org.pupilledger.period.Period;
import org.pupilledger.request.Occasion;
import org.pupilledger.statement.StatementCommand.AnnulStatement;
import org.pupilledger.statement.StatementCommand.CorrectStatement;
import org.pupilledger.statement.StatementCommand.RecordRecipientsTold;
import org.pupilledger.statement.StatementCommand.RecordStatement;
import org.pupilledger.statement.StatementEvent.Annulled;
import org.pupilledger.statement.StatementEvent.Corrected;
import org.pupilledger.statement.StatementEvent.Made;
import org.pupilledger.statement.StatementEvent.RecipientsTold;
import org.pupilledger.values.BusinessDate;
import org.pupilledger.values.SourceReference;

/** Parliament was told in October 2016 that 520 people had been matched; HCWS272 said a year later that it was 531. */
final class Told {
    static final LocalDate TODAY = LocalDate.of(2024, 6, 30);
    static final StatementId ID = new StatementId(new UUID(0, 7));
    static final OrganisationCode HOME_OFFICE = new OrganisationCode("HOME_OFFICE");
    static final Period PERIOD = period("2015-07", "2016-09");
    static final Figure MATCHED = new Figure(PublishedMeasure.INDIVIDUALS_MATCHED, HOME_OFFICE, PERIOD);
    static final Backing SOURCE = new Backing.NamedSource(Source.PARLIAMENT, new SourceReference("PQ48634"));
    static final Made MADE = made(MATCHED, 520);
    static final Corrected CORRECTED = new Corrected(520, 531, parliament("2017-11-27", "HCWS272"), Cause.RECOUNT);
    static final Annulled ANNULLED = new Annulled(Cause.TRANSCRIPTION, new SourceReference("DFE-2024-17"));
    static final RecipientsTold RETOLD = new RecipientsTold(parliament("2017-12-04", "HCWS272"), 531);

    private Told() {}

    static Made made(Figure figure, int value) {
        return made(figure, value, "2016-10-27", SOURCE);
    }

    static Made made(Figure figure, int value, String toldOn, Backing backing) {
        return new Made(parliament(toldOn, "PQ48634"), null, figure, value, backing);
    }

    static Telling parliament(String toldOn, String reference) {
        return telling(toldOn, Channel.PARLIAMENT, reference);
    }

    static Telling telling(String toldOn, Channel channel, @Nullable String reference) {
        return new Telling(date(toldOn), channel, reference == null ? null : new SourceReference(reference));
    }

    static BusinessDate date(String text) {
        return BusinessDate.parse(text).orElseThrow();
    }

    static Period period(String from, String to) {
        return Period.range(YearMonth.parse(from), YearMonth.parse(to));
    }

    static RecordStatement record(Made made) {
        return record(made, null);
    }

    /** @param held what the ledger held at the position that it is backed by */
    static RecordStatement record(Made made, LedgerFigures.@Nullable LedgerFigure held) {
        return new RecordStatement(ID, made, made.figure().measure().unit(), held, occasion());
    }

    static CorrectStatement correct(Corrected correction) {
        return new CorrectStatement(ID, correction, occasion());
    }

    static RecordRecipientsTold retell(RecipientsTold told) {
        return new RecordRecipientsTold(ID, told, occasion());
    }

    static AnnulStatement annul(Annulled annulment) {
        return new AnnulStatement(ID, annulment, occasion());
    }

    static Occasion occasion(Long... sequences) {
        OrganisationProfile profile = new OrganisationProfile("Home Office", Category.HOME_OFFICE, null);
        return new Occasion(
                TODAY,
                LocalDate.of(2024, 1, 1),
                code -> code.equals(HOME_OFFICE) ? Optional.of(profile) : Optional.empty(),
                reference -> Optional.empty(),
                sequences.length == 0 ? null : Set.of(sequences));
    }

    static StatementState state(List<StatementEvent> events) {
        StatementState state = null;
        long sequence = 0;
        for (StatementEvent event : events) {
            state = StatementState.after(state, event, sequence++);
        }
        if (state == null) {
            throw new IllegalArgumentException("nothing was told");
        }
        return state;
    }
}
